if true; then echo yes; fi
if false; then echo no; elif true; then echo elif; else echo else; fi
if false; then echo no; else echo else; fi
if ! false; then echo not; fi
if false; then :; fi; echo "status $?"
i=0; while [ $i -lt 5 ]; do i=$((i+1)); if [ $i = 2 ]; then continue; fi; [ $i = 4 ] && break; echo $i; done
i=0; until [ $i -ge 3 ]; do i=$((i+1)); echo u$i; done
for a in 1 2 3; do for b in x y z; do [ $b = y ] && continue 2; [ $a = 3 ] && break 2; echo $a$b; done; done
for x in; do echo never; done; echo "empty for: $?"
case abc in a*) echo star;; esac
case abc in x) echo x;; [a-c]bc|foo) echo set;; *) echo other;; esac
case "a b" in "a b") echo space;; esac
case '*' in '*') echo literal;; esac
case x in (x) echo paren;; esac
case nomatch in a) ;; esac; echo "case: $?"
x='?'; case a in "$x") echo wrong;; $x) echo pattern;; esac
case [a] in '[a]') echo brackets;; esac
case a in [!a]) echo wrong;; [!b]) echo negated;; esac
case abc in a) echo a;; abc) echo last
esac
true && echo and; false && echo no; false || echo or; true || echo no
true && false || echo chain; false || true && echo chain2
{ echo group; echo two; } | cat
(echo sub; exit 3); echo "sub: $?"
x=outer; (x=inner; echo $x); echo $x
{ x=changed; }; echo $x
! true; echo $?; ! false; echo $?
while read l; do echo "got $l"; done <<END
a
b
END
while :; do break; done; echo "break: $?"
for i in a b; do echo $i; done | while read l; do echo "piped $l"; done
if true; then
	if false
	then echo a
	else
		echo b
	fi
fi

for i in 1 \
	2
do
	echo line $i
done
i=3; while i=$((i-1)); [ $i -ge 0 ]; do echo count $i; done
: && : || :; echo $?
