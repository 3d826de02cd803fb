/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/ahead.h"

#include <pthread.h>
#include <signal.h>
#include <unistd.h>

#include "base/arena.h"
#include "cli/cli.h"
#include "diag/diag.h"

/* Below this a thread costs more than it saves: the text of some hundred tables compiles in a millisecond. */
enum { SMALLEST = 64 * 1024 };

struct lx_ahead {
	pthread_t thread;
	bool is_running;
	struct lx_arena *arena; /* all of what follows, but for the copies */
	struct lx_diags diags;
	const char *path, *text;
	size_t length;
	struct lx_compile_options options;
	struct lx_schema *schema;
};

static void *run(void *context)
{
	struct lx_ahead *ahead = context;
	ahead->schema =
	    lx_compile_text(ahead->arena, &ahead->diags, ahead->path, ahead->text, ahead->length, &ahead->options);
	return NULL;
}

/* Signals are the first thread's to handle. */
static bool start(struct lx_ahead *ahead)
{
	sigset_t all, before;
	sigfillset(&all);
	if (pthread_sigmask(SIG_SETMASK, &all, &before) != 0)
		return false;
	bool is_started = pthread_create(&ahead->thread, NULL, run, ahead) == 0;
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	return is_started;
}

struct lx_ahead *lx_ahead_begin(struct lx_arena *arena, struct lx_diags *diags, const char *path, const char *text,
				size_t length, const struct lx_compile_options *options)
{
	if (length < SMALLEST || diags->sources.length || sysconf(_SC_NPROCESSORS_ONLN) < 2)
		return NULL;
	struct lx_ahead *ahead = LX_NEW(arena, struct lx_ahead);
	ahead->path = lx_arena_string(arena, path);
	ahead->text = lx_arena_copy(arena, text, length);
	ahead->length = length;
	ahead->options = *options;
	ahead->arena = lx_cli_arena();
	lx_diags_init(&ahead->diags, ahead->arena);
	ahead->is_running = start(ahead);
	if (!ahead->is_running) {
		lx_arena_close(ahead->arena);
		return NULL;
	}
	lx_diags_source(diags, ahead->path, ahead->text, length);
	return ahead;
}

static void wait_for(struct lx_ahead *ahead)
{
	if (ahead->is_running)
		pthread_join(ahead->thread, NULL);
	ahead->is_running = false;
}

struct lx_schema *lx_ahead_take(struct lx_ahead *ahead)
{
	wait_for(ahead);
	struct lx_schema *schema = ahead->schema;
	ahead->schema = NULL;
	return ahead->diags.list.length ? NULL : schema;
}

void lx_ahead_end(struct lx_ahead *ahead)
{
	if (!ahead)
		return;
	wait_for(ahead);
	lx_arena_close(ahead->arena);
}
