// SPDX-License-Identifier: GPL-2.0-only
/*
 * sys.c - system calls that ask who, where and how much: numbers of the task, the
 * machine's state, prctl(2), reboot(2), and some that do less than on Linux
 * (each says what).
 */
#include <linux-lite/abi/prctl.h>
#include <linux-lite/abi/utsname.h>
#include <linux-lite/console.h>
#include <linux-lite/cred.h>
#include <linux-lite/gfp.h>
#include <linux-lite/init.h>
#include <linux-lite/kernel.h>
#include <linux-lite/kernel_stat.h>
#include <linux-lite/printk.h>
#include <linux-lite/signal.h>
#include <linux-lite/string.h>
#include <linux-lite/syscalls.h>
#include <linux-lite/time.h>
#include <asm/uaccess.h>

SYSCALL_DEFINE0(getpid)
{
	return current->tgid;
}

SYSCALL_DEFINE0(gettid)
{
	return current->pid;
}

SYSCALL_DEFINE0(getppid)
{
	return READ_ONCE(current->signal->ppid);
}

SYSCALL_DEFINE3(getcpu, unsigned int __user *, cpu, unsigned int __user *, node,
		void __user *, unused)
{
	if (cpu && put_user(smp_processor_id(), cpu))
		return -EFAULT;
	return node && put_user(0, node) ? -EFAULT : 0;
}

SYSCALL_DEFINE1(sysinfo, struct sysinfo __user *, info)
{
	struct sysinfo s = {
		.uptime = ktime_get_ns() / NSEC_PER_SEC,
		.totalram = totalram_pages() * PAGE_SIZE,
		.freeram = nr_free_pages() * PAGE_SIZE,
		.procs = nr_threads(),
		.mem_unit = 1,
	};

	get_avenrun(s.loads);
	return copy_to_user(info, &s, sizeof(s)) ? -EFAULT : 0;
}

/* --- prctl --- */

static long set_comm(const char __user *name)
{
	char comm[TASK_COMM_LEN] = { 0 };

	if (strncpy_from_user(comm, name, sizeof(comm) - 1) < 0)
		return -EFAULT;
	strscpy(current->comm, comm, sizeof(current->comm));
	return 0;
}

static long prctl_set(int option, unsigned long arg)
{
	switch (option) {
	case PR_SET_PDEATHSIG:
		if (arg > _NSIG)
			return -EINVAL;
		current->pdeath_signal = arg;
		return 0;
	case PR_SET_DUMPABLE:
		if (arg > 1)
			return -EINVAL;
		current->signal->dumpable = arg;
		return 0;
	case PR_SET_NAME:
		return set_comm((const char __user *)arg);
	case PR_SET_CHILD_SUBREAPER:
		current->signal->child_subreaper = arg;
		return 0;
	case PR_SET_NO_NEW_PRIVS:	/* there is nothing that exec could grant but set-id */
		if (arg != 1)
			return -EINVAL;
		current->signal->no_new_privs = true;
		return 0;
	case PR_SET_TIMERSLACK:		/* timers have none */
	case PR_SET_KEEPCAPS:		/* nor are there capabilities */
	case PR_SET_THP_DISABLE:
		return 0;
	default:
		return -EINVAL;
	}
}

static long prctl_get(int option, unsigned long arg)
{
	switch (option) {
	case PR_GET_PDEATHSIG:
		return put_user(current->pdeath_signal, (int __user *)arg);
	case PR_GET_DUMPABLE:
		return current->signal->dumpable;
	case PR_GET_NAME:
		return copy_to_user((void __user *)arg, current->comm, TASK_COMM_LEN) ? -EFAULT : 0;
	case PR_GET_CHILD_SUBREAPER:
		return put_user(current->signal->child_subreaper, (int __user *)arg);
	case PR_GET_NO_NEW_PRIVS:
		return current->signal->no_new_privs;
	case PR_GET_TID_ADDRESS:
		return put_user(current->clear_child_tid, (int __user * __user *)arg);
	case PR_GET_TIMING:
	case PR_GET_TIMERSLACK:
	case PR_GET_KEEPCAPS:
	case PR_GET_THP_DISABLE:
		return 0;
	case PR_CAPBSET_READ:		/* root has all 41 there are */
		return arg > 40 ? -EINVAL : 1;
	default:
		return -EINVAL;
	}
}

SYSCALL_DEFINE5(prctl, int, option, unsigned long, arg2, unsigned long, arg3,
		unsigned long, arg4, unsigned long, arg5)
{
	switch (option) {
	case PR_SET_PDEATHSIG:
	case PR_SET_DUMPABLE:
	case PR_SET_KEEPCAPS:
	case PR_SET_NAME:
	case PR_SET_TIMERSLACK:
	case PR_SET_CHILD_SUBREAPER:
	case PR_SET_NO_NEW_PRIVS:
	case PR_SET_THP_DISABLE:
		return prctl_set(option, arg2);
	default:
		return prctl_get(option, arg2);
	}
}

/* --- capabilities: all for root, none for the others --- */

#define CAP_VERSION_3	0x20080522u
#define CAP_ALL		((1UL << 41) - 1)

struct cap_header {
	u32 version;
	int pid;
};

struct cap_data {
	u32 effective, permitted, inheritable;
};

static int check_cap_header(struct cap_header __user *uh)
{
	struct cap_header h;

	if (copy_from_user(&h, uh, sizeof(h)))
		return -EFAULT;
	if (h.version != CAP_VERSION_3) {
		h.version = CAP_VERSION_3;
		/* The first word; &uh->version of a pointer that may be anything is undefined. */
		return copy_to_user(uh, &h.version, sizeof(h.version)) ? -EFAULT : -EINVAL;
	}
	return h.pid < 0 ? -EINVAL : 0;
}

SYSCALL_DEFINE2(capget, struct cap_header __user *, header, struct cap_data __user *, data)
{
	u64 all = capable() ? CAP_ALL : 0;
	struct cap_data d[2] = { { (u32)all, (u32)all, 0 }, { all >> 32, all >> 32, 0 } };
	int err = check_cap_header(header);

	if (err)
		return data ? err : 0;
	return copy_to_user(data, d, sizeof(d)) ? -EFAULT : 0;
}

/* Giving up is accepted and not done: who wants to be less must change its uid. */
SYSCALL_DEFINE2(capset, struct cap_header __user *, header, const struct cap_data __user *, data)
{
	struct cap_data d[2];
	int err = check_cap_header(header);

	if (err)
		return err;
	if (copy_from_user(d, data, sizeof(d)))
		return -EFAULT;
	return !capable() && (d[0].effective | d[1].effective) ? -EPERM : 0;
}

/* --- the rest --- */

/* 0: a Linux program like any other. Other personalities are not there. */
SYSCALL_DEFINE1(personality, unsigned int, persona)
{
	static const unsigned int addr_no_randomize = 0x0040000;
	unsigned int old = current->personality;

	if (persona != 0xffffffff)
		current->personality = persona & addr_no_randomize;
	return old;
}

static void barrier_here(void *unused)
{
	smp_mb();
}

SYSCALL_DEFINE3(membarrier, int, cmd, unsigned int, flags, int, cpu)
{
	if (flags)
		return -EINVAL;
	switch (cmd) {
	case MEMBARRIER_CMD_QUERY:
		return MEMBARRIER_CMD_GLOBAL | MEMBARRIER_CMD_GLOBAL_EXPEDITED |
		       MEMBARRIER_CMD_REGISTER_GLOBAL_EXPEDITED |
		       MEMBARRIER_CMD_PRIVATE_EXPEDITED |
		       MEMBARRIER_CMD_REGISTER_PRIVATE_EXPEDITED;
	case MEMBARRIER_CMD_GLOBAL:
	case MEMBARRIER_CMD_GLOBAL_EXPEDITED:
	case MEMBARRIER_CMD_PRIVATE_EXPEDITED:
		on_each_cpu(barrier_here, NULL);
		return 0;
	case MEMBARRIER_CMD_REGISTER_GLOBAL_EXPEDITED:
	case MEMBARRIER_CMD_REGISTER_PRIVATE_EXPEDITED:
		return 0;
	default:
		return -EINVAL;
	}
}

SYSCALL_DEFINE4(reboot, int, magic1, int, magic2, unsigned int, cmd, void __user *, arg)
{
	unsigned int m2 = magic2;

	if (!capable())
		return -EPERM;
	if ((unsigned int)magic1 != LINUX_REBOOT_MAGIC1 ||
	    (m2 != LINUX_REBOOT_MAGIC2 && m2 != LINUX_REBOOT_MAGIC2A &&
	     m2 != LINUX_REBOOT_MAGIC2B && m2 != LINUX_REBOOT_MAGIC2C))
		return -EINVAL;
	console_flush();
	switch (cmd) {
	case LINUX_REBOOT_CMD_RESTART:
		pr_emerg("reboot: Restarting system\n");
		machine_stop(MACHINE_REBOOT);
	case LINUX_REBOOT_CMD_HALT:
		pr_emerg("reboot: System halted\n");
		machine_stop(MACHINE_HALT);
	case LINUX_REBOOT_CMD_POWER_OFF:
		pr_emerg("reboot: Power down\n");
		machine_stop(MACHINE_POWER_OFF);
	case LINUX_REBOOT_CMD_CAD_ON:
	case LINUX_REBOOT_CMD_CAD_OFF:	/* no keyboard to press Ctrl-Alt-Del on */
		return 0;
	default:
		return -EINVAL;
	}
}
