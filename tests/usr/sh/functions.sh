f() { echo "f: $# $*"; }
f; f a; f a "b c"
g() { return 3; }; g; echo $?
h() { echo before; return; echo after; }; h; echo $?
f2() (x=sub; echo $x); x=main; f2; echo $x
r() { if [ $1 -gt 0 ]; then echo $1; r $(($1-1)); fi; }; r 3
fact() { if [ $1 -le 1 ]; then echo 1; else echo $(( $1 * $(fact $(($1 - 1))) )); fi; }; fact 10
l() { local a=1 b; b=2; a=$a$b; echo $a; }; a=out; b=put; l; echo $a$b
set -- x y; p() { shift; echo "$1"; }; p 1 2 3; echo $1 $#
redef() { echo first; redef() { echo second; }; }; redef; redef
out() { echo to stdout; echo to stderr >&2; } 2>/dev/null
out
loop() { for i in 1 2 3; do [ $i = 2 ] && return $i; echo $i; done; }; loop; echo $?
v=1; setv() { v=$1; }; setv 2; echo $v; (setv 3); echo $v
t() { true; }; if t; then echo ok; fi; t && echo and
brk() { break; }; for i in 1 2; do echo $i; done
same() { echo mine; }; same; unset -f same; same 2>/dev/null; echo $?
args() { for i; do echo "($i)"; done; }; args "a b" c ''
outer() { inner() { echo inner $1; }; inner $1; }; outer z; inner y
