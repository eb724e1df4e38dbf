for s in 'if' 'if true; then' 'fi' '(echo' 'echo )' 'case x' '| cat' 'echo "open' 'a && ' 'for 1 in a; do :; done' \
	'while true; do' '{ echo' 'f() {' 'echo $((1+' 'echo ${x' ';;' 'echo a;; echo b' '> ' 'echo `x'; do
	$SHELL_UNDER_TEST -c "$s" >/dev/null 2>&1
	echo "$? $s"
done
