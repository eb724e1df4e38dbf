echo $(echo a $(echo b $(echo c)))
echo `echo a \`echo b\``
x=$(false); echo $?; x=$(exit 5) ; echo $?; x=$(true) y=$(exit 4); echo $?
echo $(false) $?; 
echo "$(case x in x) echo case;; esac)" $(if true; then echo a; fi)
echo $( (echo sub) ) "$( { echo g; } )"
nosuchcommand 2>/dev/null; echo $?
/etc/passwd 2>/dev/null; echo $?
/nonexistent/x 2>/dev/null; echo $?
A=1 env | grep '^A='; echo ${A-unset}
A=1; export A; env | grep '^A='; A=2 env | grep '^A='; echo $A
export B=3; env | grep '^B='; unset B; env | grep '^B='; echo $?
A=x eval 'echo $A'; PATH=/nonexistent; ls 2>/dev/null; echo $?; PATH=/usr/bin:/bin
x=1 true; echo $x
true | false; echo $?; false | true; echo $?; exit 3 | true; echo $?
echo a | (read x; echo "got $x"); echo "${x}"
seq 5 | while read i; do echo -n "$i "; done; echo
yes | head -n 3
sleep 0.05 & p=$!; wait $p; echo "waited $?"
(exit 7) & wait $!; echo $?
sh -c 'exit 9' & wait %1 2>/dev/null || wait $!; echo done
sh -c 'kill -9 $$' 2>/dev/null; echo $?
sh -c 'kill -TERM $$' 2>/dev/null; echo $?
{ sleep 0.01; echo bg; } & wait; echo after
command echo cmd; command -v echo; command -v nosuch; echo $?
type cd >/dev/null && echo type
: ignored $(echo x) ; echo colon $?
test -d / && [ -f /etc/passwd ] && echo tests
[ a = a ] && [ a != b ] && [ -z "" ] && [ -n x ] && [ 1 -lt 2 ] && [ 2 -ge 2 ] && echo compare
[ ! a = b ] && [ \( a = a \) ] && [ a = b -o c = c ] && [ a = a -a c = c ] && echo logic
[ -e /nonexistent ]; echo $?; [ "" ]; echo $?; [ x ]; echo $?; [ ]; echo $?
umask 022; umask; cd /usr; pwd; cd ..; pwd; cd - >/dev/null; pwd; echo $OLDPWD
printf '%s %d %5d|%-5s|%05d %x %o %c %%\n' str 42 42 ab 42 255 8 xyz
printf '%b' 'a\tb\n'; printf 'no args\n'; printf '%s\n' a b c; printf '%s-%s\n' 1 2 3
printf '%s\n'; printf '\101\n'; printf '%.2s|%5.1s|\n' abc xyz
eval 'echo a; echo b'; eval; echo $?
set -- a b; echo $#; eval "set -- c d e"; echo $#
exec 2>/dev/null; echo still
a=b eval 'echo $a'; echo ${a-gone}
true; echo $?; (exit 300); echo $?
