t=$1; cd $t
echo one > f; cat f; echo two >> f; cat f; cat < f
echo x 2>&1 >f; cat f
{ echo out; echo err >&2; } > f 2>&1; cat f
{ echo out; echo err >&2; } 2>f | cat; cat f
ls /nonexistent/x 2>/dev/null; echo $?
cat <<E
plain $t_none $((1+1)) $(echo sub) `echo bq` \$x \\ "q" 'r'
E
cat <<'E'
quoted $x $((1+1)) $(echo sub) \$x
E
cat <<-E
	tabs
	  gone
	E
cat <<A; cat <<B
from a
A
from b
B
cat <<E | tr a-z A-Z
piped
E
x=$(cat <<E
in substitution
E
); echo "$x"
exec 3>f; echo three >&3; exec 3>&-; cat f
exec 4<f; read l <&4; echo $l; exec 4<&-
(exec > f; echo redirected); cat f
for i in 1 2; do echo $i; done > f; cat f
while read l; do echo "<$l>"; done < f
if true; then echo iftrue; fi > f; cat f
f() { echo fn; }; f > g; cat g
echo a > f; echo b > f; cat f; > f; wc -c < f
cat f nofile 2>&1 | sed 's/.*: *//'
echo text | cat - f
echo hidden >/dev/null; echo shown
cat < nofile 2>/dev/null; echo "status $?"
echo builtin > /nonexistent/f 2>/dev/null; echo "status $?"
exec 5>&1; echo five >&5; exec 5>&-
printf 'l1\nl2\nl3\n' > f; { read a; read b; } < f; echo $a $b
{ echo 1; cat; echo 2; } <<E
middle
E
cat 0<f | head -n 1
big=$(i=0; while [ $i -lt 2000 ]; do echo "line $i of a long here-document"; i=$((i+1)); done)
cat <<E | wc -c
$big
E
echo 1>f 2>&1 word; cat f
: <> f && echo rw
