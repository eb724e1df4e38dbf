#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# shell.sh - what a shell asks of the system, in the language that all of them share
#
# Pipes, jobs, signals, here-documents, descriptors, substitutions, globs. It prints the same under
# each shell and each kernel; shell.expected is what dash printed on Linux. tests/boot/run compares.

dir=/tmp/shell.$$
mkdir -p "$dir" && cd "$dir" || exit 1

echo "== descriptors"
exec 3>third
echo "through three" >&3
exec 3>&-
cat third
{ echo out; echo err >&2; } 2>both >&2
cat both
read -r word rest <<END
first second $((40 + 2)) third
END
echo "$rest/$word"

echo "== pipes and substitution"
for i in 3 1 2; do echo "$i"; done | sort | while read -r i; do echo "<$i>"; done
echo "$(echo a; echo "$(echo b)")"
echo $(seq 1 2000 | wc -l)
i=0
while [ $i -lt 300 ]; do i=$((i + 1)); last=$(echo $i); done
echo "$last"
! true | false
echo "status $?"

echo "== jobs and signals"
sleep 100 &
sleep 1		# mksh would lose a signal that comes before its exec, on Linux too
kill $!
wait $! 2>/dev/null
echo "job ended with $?"
(trap 'echo caught; exit 7' TERM; while :; do sleep 1; done) >caught &
sleep 1
kill $!
wait $!
echo "$? $(cat caught)"
for i in 1 2 3 4 5 6 7 8; do (echo $i >done.$i) & done
wait
cat done.*
trap 'echo leaving' 0	# klibc knows no EXIT here
sh -c 'kill -SEGV $$' 2>/dev/null
echo "status $?"

echo "== files"
: >a1; : >a2; mkdir sub; : >sub/a3
echo a* sub/*
[ -d sub ] && [ ! -s a1 ] && [ a1 -ef ./a1 ] && echo "tests"
umask 077; : >private; ls -l private | cut -c1-10
(cd sub && pwd | sed "s|$dir|here|")
nosuchcommand 2>/dev/null
echo "status $?"
./a2 2>/dev/null
echo "status $?"

cd / && rm -r "$dir"
