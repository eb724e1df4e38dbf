unset u; e=; s=set
echo "[${u-d}] [${u:-d}] [${e-d}] [${e:-d}] [${s-d}] [${s:-d}]"
echo "[${u+a}] [${u:+a}] [${e+a}] [${e:+a}] [${s+a}] [${s:+a}]"
echo "[${v=new}] [$v] [${e:=full}] [$e]"
(echo ${u?}) 2>/dev/null; echo "status $?"
(echo ${u:?message}) 2>/dev/null; echo "status $?"
p=/usr/local/lib/libfoo.so.1.2
echo ${p##*/} ${p#*/} ${p%/*} ${p%%/*} ${p%.*} ${p%%.*} ${#p}
star='*'; q='a*b*c'; echo "${q#*"$star"}" "${q#*\*}" "${q##*[*]}" "${q%'*'*}"
set -- one "two three" four; echo $# "$1" "$2" "$3" "${3}" "$*" "$@"
for i in "$@"; do echo "<$i>"; done
for i in $@; do echo "<$i>"; done
for i; do echo "<$i>"; done
IFS=-; echo "$*"; echo $*; unset IFS
shift; echo $# $1; shift 2; echo $#; set --; echo $#
for i in "$@"; do echo never; done
echo "${@:-none}" "${1-unset}" "${#}"
set -- 1 2 3 4 5 6 7 8 9 10 11; echo $10 ${10} ${11}
x=5; y=x; eval echo \$$y; eval "z=\$$y"; echo $z
echo ${u:-${s:-deep}} ${u:-$(echo cmd)} ${u:-`echo bq`} ${u:-a b  c} "${u:-a b  c}"
echo "${x}${y}" $x$y ${x}_$y
a=1 b=2 c=$((1+2)); echo $a$b$c
f='a b c'; set -- $f; echo $#; set -- "$f"; echo $#
echo "${s%t}" "${s#s}" ${#s} ${#u}
readonly r=1; (r=2) 2>/dev/null; echo "status $?"; echo $r
x=a; x=$x$x; x=$x$x; echo $x
