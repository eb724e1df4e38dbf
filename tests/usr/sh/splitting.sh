show() { echo "$#:"; for i in "$@"; do echo "  [$i]"; done; }
x=' a  b	c '; show $x; show "$x"
IFS=:; x='a:b::c:'; show $x; x=':a'; show $x; x='::'; show $x; x=''; show $x
IFS=' :'; x='a : b:c  d : : e'; show $x; x=' : a'; show $x
IFS=; x='a b:c'; show $x
unset IFS; x='a b	c
d'; show $x
show a$x; show $x"q  q"$x
show ""$u; show $u""; show $u; show "$u"
IFS=,; set -- a b c; show "$*"; show $*; show "$@"; unset IFS
show "pre$@post"; set --; show "pre$@post"; show "$@"; show "$*"; show $@ ; show "$@""$@"
show $(printf 'a b\nc\n\n\n'); show "$(printf 'a b\nc\n\n\n')"
y=$(printf 'x\n\ny\n\n'); show "$y"
x='*'; cd /; show "$x" | head -1
echo 'a:b c:d' | while IFS=: read p q; do echo "$p|$q"; done
echo '  lead and  trail  ' | { read l; echo "[$l]"; }
printf '%s\n' 'a\tb\' | { read -r l; printf '[%s]\n' "$l"; }
printf 'one\\\ntwo\n' | { read l; echo "[$l]"; }
echo 'a b c d' | { read x y z; echo "$x,$y,$z"; }
echo 'a' | { read x y; echo "$x,$y,"; }
printf 'no newline' | { read x; echo "$? $x"; }
IFS=: ; echo 'a:b:c::' | { read x y; echo "$x|$y"; }
