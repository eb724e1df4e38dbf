echo a  b   'c  d' "e  f" g\ \ h
echo 'single $x `y` \z' "double \$x \`y\` \"q\" \\ \z"
x='a b'; echo $x "$x" '$x' \$x "${x}c" $x$x
echo "nested $(echo "inner '$x' \"q\"") end"
echo "a'b" 'a"b' "it's" 'say "hi"'
echo one\
two "three\
four"
printf '<%s>\n' "" '' "$nothing" $nothing "a""b" 'a'"b"c
printf '<%s>\n' "$x"'c  d'$x
echo "tab	here" 'new
line'
echo \* "*" '*' \? "a*b"
echo $'x' 2>/dev/null | cat >/dev/null
echo ~root/.. | cat >/dev/null
HOME=/home/me; echo ~ ~/x "~" \~ a~
echo "$" "$ " $ "a$"
printf "%s\n" "\a\\b" '\a\\b' \a\\b
echo -n no newline; echo
echo "${x:-"quoted word"}" "${u:-'single'}" ${u:-'single'}
