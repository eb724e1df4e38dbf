// SPDX-License-Identifier: GPL-2.0-only
/*
 * task.c - the memory of tasks: structs, kernel stacks, and when they go.
 *
 *	usage = 2 at birth:   one for being on a hart (dropped after the last switch
 *	                      away from it), one for being known (dropped when it was
 *	                      waited for); + one for each who holds a pointer
 *	signal_struct.count   one for each task_struct of the process: the numbers of
 *	                      a dead process can be read as long as any is left
 *	sighand.count         one for each live thread that shares it
 *
 * A stack is freed by whoever drops the last reference, which can be the scheduler
 * in the middle of a switch: there nothing may sleep, and unmapping a stack may.
 * So stacks go to
 *
 *	this hart's stack_cache[2]   --> the next fork here takes it: no mapping work
 *	else the list stacks_to_free --> kthreadd unmaps it
 */
#include <linux-lite/cred.h>
#include <linux-lite/init.h>
#include <linux-lite/kernel.h>
#include <linux-lite/percpu.h>
#include <linux-lite/printk.h>
#include <linux-lite/signal.h>
#include <linux-lite/slab.h>
#include <linux-lite/string.h>
#include <linux-lite/task.h>
#include <linux-lite/user.h>
#include <linux-lite/vmalloc.h>

#define STACKS_CACHED	2

/* An unused stack on a list: at its low end. */
struct free_stack {
	struct free_stack *next;
};

/* Stacks of one hart, ready for the next fork there. */
struct stack_cache {
	void *stack[STACKS_CACHED];
};

static struct kmem_cache *task_cache;
struct kmem_cache *sighand_cache, *signal_cache;
DEFINE_SPINLOCK(tasklist_lock, RANK_TASKLIST);
int max_threads;
int nr_tasks;
unsigned long nr_forks;

static DEFINE_PER_CPU(struct stack_cache, stack_cache);		/* interrupts off */
static struct free_stack *stacks_to_free;			/* (a) */
static DECLARE_WAIT_QUEUE_HEAD(kthreadd_wait);

static void *alloc_stack(void)
{
	void **cache, *stack = NULL;
	unsigned long flags = local_irq_save();

	cache = this_cpu_ptr(&stack_cache)->stack;
	for (int i = 0; i < STACKS_CACHED && !stack; i++)
		swap(stack, cache[i]);
	local_irq_restore(flags);
	return stack ?: alloc_kernel_stack(CONFIG_THREAD_SIZE_ORDER);
}

static void free_stack(void *stack)
{
	void **cache;
	struct free_stack *s;
	unsigned long flags = local_irq_save();

	cache = this_cpu_ptr(&stack_cache)->stack;
	for (int i = 0; i < STACKS_CACHED && stack; i++)
		if (!cache[i])
			swap(stack, cache[i]);
	local_irq_restore(flags);
	s = stack;
	if (!s)
		return;
	s->next = __atomic_load_n(&stacks_to_free, __ATOMIC_RELAXED);
	while (!__atomic_compare_exchange_n(&stacks_to_free, &s->next, s, false,
					    __ATOMIC_RELEASE, __ATOMIC_RELAXED))
		;
	wake_up(&kthreadd_wait);
}

/**
 * kthreadd - pid 2: unmaps the stacks that nobody could use again at once
 *
 * (In Linux pid 2 makes kernel threads; here anybody can.)
 */
int kthreadd(void *unused)
{
	struct free_stack *s, *next;

	for (;;) {
		/* Interruptible (though nothing interrupts): it does not count as load. */
		if (wait_event_interruptible(kthreadd_wait, READ_ONCE(stacks_to_free)))
			continue;
		for (s = __atomic_exchange_n(&stacks_to_free, NULL, __ATOMIC_ACQUIRE); s;
		     s = next) {
			next = s->next;
			free_kernel_stack(s, CONFIG_THREAD_SIZE_ORDER);
			cond_resched();
		}
	}
	return 0;
}

#define STACK_PATTERN	0x5ac5ac5ac5ac5ac5UL

static void fill_stack(void *stack)
{
	unsigned long *word = stack;

	for (size_t i = 0; i < THREAD_SIZE / sizeof(*word); i++)
		word[i] = STACK_PATTERN;
}

/* CONFIG_DEBUG_STACK_USAGE: tell when a task left less room than any before. */
static void check_stack_usage(struct task_struct *p)
{
	static size_t least = THREAD_SIZE;
	const unsigned long *word = p->stack;
	size_t unused = 0;

	while (unused < THREAD_SIZE && word[unused / sizeof(*word)] == STACK_PATTERN)
		unused += sizeof(*word);
	if (unused < READ_ONCE(least)) {
		WRITE_ONCE(least, unused);
		pr_info("%s (%d) used greatest stack depth: %zu bytes left\n", p->comm, p->pid,
			unused);
	}
}

struct task_struct *dup_task_struct(struct task_struct *orig)
{
	struct task_struct *p = kmem_cache_alloc(task_cache, GFP_KERNEL);
	void *stack;

	if (!p)
		return NULL;
	stack = alloc_stack();
	if (!stack) {
		kmem_cache_free(task_cache, p);
		return NULL;
	}
	memcpy(p, orig, sizeof(*p));
	p->stack = stack;
	if (IS_ENABLED(CONFIG_DEBUG_STACK_USAGE))
		fill_stack(stack);
	atomic_set(&p->usage, 2);
	INIT_LIST_HEAD(&p->run_list);
	INIT_LIST_HEAD(&p->children);
	INIT_LIST_HEAD(&p->sibling);
	INIT_LIST_HEAD(&p->tasks);
	INIT_LIST_HEAD(&p->thread_node);
	init_waitqueue_head(&p->vfork_wait);
	init_sigpending(&p->pending);
	copy_groups(p);
	p->user = get_uid(p->user);
	atomic_inc(&p->user->processes);
	return p;
}

void free_task(struct task_struct *p)
{
	if (IS_ENABLED(CONFIG_DEBUG_STACK_USAGE))
		check_stack_usage(p);
	put_groups(p);
	atomic_dec(&p->user->processes);
	free_uid(p->user);
	free_stack(p->stack);
	kmem_cache_free(task_cache, p);
}

void put_signal_struct(struct signal_struct *sig)
{
	if (!atomic_dec_and_test(&sig->count))
		return;
	kmem_cache_free(signal_cache, sig);
}

void put_sighand(struct sighand_struct *sighand)
{
	if (atomic_dec_and_test(&sighand->count))
		kmem_cache_free(sighand_cache, sighand);
}

/**
 * put_task_struct - drop a reference; the last one frees the struct and the stack
 * @p: not used by the caller afterwards
 *
 * Context: any.
 */
void put_task_struct(struct task_struct *p)
{
	if (!atomic_dec_and_test(&p->usage))
		return;
	put_signal_struct(p->signal);
	free_task(p);
}

/**
 * get_task_mm - the memory of a task, counted as used
 * @p: referenced
 *
 * Context: any; takes tasklist_lock.
 * Return: its mm, to be given to mmput(); NULL: a kernel thread, or exiting.
 */
struct mm_struct *get_task_mm(struct task_struct *p)
{
	struct mm_struct *mm;
	unsigned long flags;

	/* exit_mm() and exec_mmap() change p->mm under this lock. */
	spin_lock_irqsave(&tasklist_lock, flags);
	mm = p->flags & PF_KTHREAD ? NULL : p->mm;
	if (mm && !mmget_not_zero(mm))
		mm = NULL;
	spin_unlock_irqrestore(&tasklist_lock, flags);
	return mm;
}

/** task_cache_init - boot. */
void __init task_cache_init(void)
{
	task_cache = kmem_cache_create("task_struct", sizeof(struct task_struct), SMP_CACHE_BYTES,
				       SLAB_PANIC, NULL);
	sighand_cache = kmem_cache_create("sighand_cache", sizeof(struct sighand_struct), 0,
					  SLAB_PANIC, NULL);
	signal_cache = kmem_cache_create("signal_cache", sizeof(struct signal_struct), 0,
					 SLAB_PANIC, NULL);
}
