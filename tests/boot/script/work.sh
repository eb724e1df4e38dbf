#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# work.sh [LINES] - an hour of a shell user's life in some seconds, on Debian's busybox
#
# Pipes, sort, awk arrays, gzip, tar, background jobs, traps, here-documents, functions. Everything it
# prints depends on LINES only; work.expected is what it printed on Linux for 200000.
# tests/boot/run compares the two.

lines=${1:-200000}
dir=/tmp/work.$$
rm -rf "$dir"
mkdir -p "$dir" || exit 1
cd "$dir" || exit 1

sum() { md5sum "$@" | cut -d' ' -f1; }
section() { echo "== $*"; }

section "numbers: a pseudo-random sequence by awk"
awk -v n="$lines" 'BEGIN {
	x = 12345
	for (i = 0; i < n; i++) {
		x = (x * 16807) % 2147483647
		printf "%d word%d %d\n", x % 1000000, x % 997, i
	}
}' >numbers
wc -l <numbers
sum numbers

section "sort: by number, by word, unique, merged"
sort -n numbers >by-number
sum by-number
head -n 1 by-number
tail -n 1 by-number
sort -k2,2 -k1,1n numbers | sum
cut -d' ' -f2 numbers | sort -u | wc -l
sort -n -c by-number && echo "in order"

section "awk: arrays and arithmetic"
awk '{ count[$2]++; total[$2] += $1 }
END {
	for (w in count)
		printf "%s %d %d\n", w, count[w], total[w]
}' numbers | sort >words
wc -l <words
sum words
awk '{ n += $2 } END { print n }' words
sort -k2,2nr -k1,1 words | head -n 3

section "pipes: many processes in a row"
tr a-z A-Z <numbers | sed 's/WORD/w/' | grep -c 'w1[0-9]*5 '
cut -d' ' -f1 numbers | uniq | wc -l
yes | head -n 1000 | tr '\n' '.' | wc -c
i=0
echo start | for stage in 1 2 3 4 5 6 7 8; do cat; done | while read -r line; do echo "$line over"; done
seq 1 1000 | xargs -n 50 echo | awk '{ s += $NF } END { print s }'

section "gzip: there and back"
gzip -c numbers >numbers.gz
gzip -t numbers.gz && echo "archive is sound"
gunzip -c numbers.gz | cmp - numbers && echo "same bytes"
tar cf - words by-number | gzip -1 | gunzip | tar tf - | sort

section "background jobs"
for job in 1 2 3 4; do
	awk -v job="$job" -v n=$((lines / 4)) 'BEGIN { for (i = 0; i < n; i++) s += i % job; print job, s }' >"job.$job" &
done
wait
cat job.1 job.2 job.3 job.4
# ash says "Terminated" if a job dies after wait has begun; behind a builtin, such as kill, it collects its dead without
# a word. So the job waits until its parent sleeps, and leaves no child of its own behind.
sh -c 'until grep -q "^State:.S" /proc/$PPID/status; do :; done; kill $$; echo "never seen"' &
wait $!
echo "job ended with $?"

section "signals and traps"
trap 'echo "got USR1"' USR1
kill -USR1 $$
trap - USR1
sh -c 'trap "echo leaving; exit 3" TERM; kill -TERM $$; echo "not reached"'
echo "status $?"
sh -c 'kill -SEGV $$'
echo "status $?"

section "files"
mkdir -p a/b/c
for name in one two three; do echo "$name" >"a/b/$name"; done
ln -s b a/link
ln a/b/one a/b/c/uno
cat a/link/two a/b/c/uno
mv a/b/three a/b/c
find a -type f | sort
rm a/b/one
cat a/b/c/uno
ls a/b/c | cat
[ -L a/link ] && [ -d a/link ] && echo "a link to a directory"
dd if=/dev/zero of=hole bs=1 count=1 seek=1048575 2>/dev/null
stat -c %s hole
sum hole

section "shell"
fact() { if [ "$1" -le 1 ]; then echo 1; else echo $(($1 * $(fact $(($1 - 1))))); fi; }
fact 15
cat <<END
here $((6 * 7)) `echo nested $(echo deep)`
END
n=0
while [ $n -lt 200 ]; do n=$((n + 1)); : "$(true)"; done
echo "$n substitutions"
case $(uname -m) in riscv64) echo "riscv64" ;; *) echo "another machine" ;; esac

cd / && rm -rf "$dir"
[ ! -e "$dir" ] && echo "== done"
