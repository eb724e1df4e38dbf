# comments
echo a # comment
echo a#b "#" \# '#'
echo one; echo two & wait
echo a;echo b
echo a&&echo b||echo c
(echo x;echo y)|cat
if :;then echo k;fi
for i in a b;do echo $i;done
{ echo brace;}
echo } { if then fi do done
echo if; echo "for" in
case in in in) echo in;; esac
f(){ echo fn;}; f
	echo tab
x=1;y=2;echo $x$y
echo a \
	b
