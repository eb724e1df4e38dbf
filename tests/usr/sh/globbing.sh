cd $1; mkdir g; cd g; touch a.c b.c c.h .hidden 'sp ace' 'st*r'; mkdir d e; touch d/x.c e/y.c
echo *; echo *.c; echo ?.h; echo [ab].c; echo [!a].*; echo *.none; echo "*.c" \*.c '*'.c
echo */*.c; echo d/*; echo .h*; echo */; echo ./*.c; echo [a-c].[ch]
for f in *; do echo "<$f>"; done
x='*.c'; echo $x "$x"; y=*.h; echo $y; echo "$y"
set -f; echo *; set +f
echo st\**; echo "st*"r; echo s*\ *
case a.c in *.c) echo m;; esac
echo $(ls *.c)
cd ..; echo g/*.c g/[de]/*
