// SPDX-License-Identifier: GPL-2.0-only
/*
 * utsname.c - the system's names: uname(2), sethostname(2), setdomainname(2).
 *
 * sysname and release are Linux's, because programs (and C libraries) compare
 * them: what is promised is Linux's system calls, as of that release.
 */
#include <linux-lite/cred.h>
#include <linux-lite/string.h>
#include <linux-lite/syscalls.h>
#include <linux-lite/utsname.h>
#include <asm/uaccess.h>

#ifdef __clang__
#define COMPILER "clang " __clang_version__
#else
#define COMPILER "gcc " __VERSION__
#endif
#define RELEASE	"6.12.0-linux-lite"
#define VERSION	"#1" __ll_smp_text

#ifdef CONFIG_SMP
#define __ll_smp_text	" SMP"
#else
#define __ll_smp_text	""
#endif

const char linux_banner[] = "Linux version " RELEASE " (" COMPILER ") " VERSION "\n";

struct new_utsname init_uts = {
	.sysname = "Linux",
	.nodename = "(none)",
	.release = RELEASE,
	.version = VERSION,
	.machine = "riscv64",
	.domainname = "(none)",
};

SYSCALL_DEFINE1(newuname, struct new_utsname __user *, buf)
{
	return copy_to_user(buf, &init_uts, sizeof(init_uts)) ? -EFAULT : 0;
}

static long set_name(char *name, const char __user *buf, int len)
{
	char tmp[__NEW_UTS_LEN + 1] = { 0 };

	if (!capable())
		return -EPERM;
	if (len < 0 || len > __NEW_UTS_LEN)
		return -EINVAL;
	if (copy_from_user(tmp, buf, len))
		return -EFAULT;
	memcpy(name, tmp, sizeof(tmp));
	return 0;
}

SYSCALL_DEFINE2(sethostname, const char __user *, name, int, len)
{
	return set_name(init_uts.nodename, name, len);
}

SYSCALL_DEFINE2(setdomainname, const char __user *, name, int, len)
{
	return set_name(init_uts.domainname, name, len);
}
