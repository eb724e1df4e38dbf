#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# boot.sh work LINES | shells PATH... | rounds NUMBER LINES - the first process of a boot on busybox
#
#	work	run work.sh once, between two lines that tests/boot/run looks for
#	shells	run shell.sh under each of these shells, likewise
#	rounds	run it again and again, and tell the free memory before and after

busybox=/bin/busybox
$busybox mkdir -p /proc /dev /tmp /bin
$busybox mount -t proc proc /proc 2>/dev/null
$busybox mount -t devtmpfs devtmpfs /dev 2>/dev/null
$busybox mount -t tmpfs tmpfs /tmp 2>/dev/null
[ -e /bin/awk ] || $busybox --install -s /bin
PATH=/bin
export PATH

# MemAvailable in kB, after the dead have had time to go.
free_memory() {
	sleep 1
	echo 2 >/proc/sys/vm/drop_caches
	awk '/^MemAvailable:/ { print $2 }' /proc/meminfo
}

case $1 in
work)
	echo "-----BEGIN-----"
	sh /work.sh "$2" 2>&1
	echo "-----END-----"
	;;
shells)
	shift
	for shell; do
		echo "-----BEGIN $shell-----"
		"$shell" /shell.sh 2>/dev/null
		echo "-----END $shell-----"
	done
	;;
rounds)
	sh /work.sh "$3" >/first 2>&1
	sh /work.sh "$3" >/first 2>&1
	cp /first /this
	before=$(free_memory)
	round=0
	while [ $round -lt "$2" ]; do
		round=$((round + 1))
		sh /work.sh "$3" >/this 2>&1
		cmp /first /this || cat /this
	done
	echo "rounds $round before $before after $(free_memory)"
	;;
esac
poweroff -f
