/* Asking whether something was renamed, and writing the answer into the models.
 * SPDX-License-Identifier: Apache-2.0 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/io.h"
#include "cli/autogenerate.h"
#include "diff/diff.h"
#include "ir/schema.h"
#include "kinds/enum/enum.h"
#include "syntax/ast.h"

struct edit { /* TEXT goes in at OFFSET of a source file */
	uint32_t file, offset;
	const char *text;
};

const char *lx_rename_old_name(const struct lx_rename_guess *guess)
{
	return guess->old_label ? guess->old_label->label : guess->old->name;
}

const char *lx_rename_new_name(const struct lx_rename_guess *guess)
{
	return guess->new_label ? guess->new_label->label : guess->new->name;
}

static const char *describe(struct lx_arena *arena, const struct lx_object *object, const struct lx_label_value *label)
{
	const char *key = lx_object_key(arena, object);
	return label ? lx_arena_printf(arena, "label '%s' of %s", label->label, key) : key;
}

const char *lx_rename_old_text(struct lx_arena *arena, const struct lx_rename_guess *guess)
{
	return describe(arena, guess->old, guess->old_label);
}

const char *lx_rename_new_text(struct lx_arena *arena, const struct lx_rename_guess *guess)
{
	return describe(arena, guess->new, guess->new_label);
}

/* y, n; the end of the input is no. */
static bool ask(struct lx_cli *cli, const char *question)
{
	for (;;) {
		char line[64] = "";
		size_t length = 0;
		if (write(STDERR_FILENO, question, strlen(question)) < 0)
			return false;
		while (length < sizeof line - 1) {
			ssize_t n = read(STDIN_FILENO, line + length, 1);
			if (n < 0 && errno == EINTR)
				continue;
			if (n <= 0) {
				cli->may_ask = false;
				return false;
			}
			if (line[length++] == '\n')
				break;
		}
		if (line[0] == 'y' || line[0] == 'Y')
			return true;
		if (line[0] == 'n' || line[0] == 'N')
			return false;
	}
}

/* The innermost item that holds the byte OFFSET. */
static const struct lx_item *find_item(const struct lx_item *items, uint32_t offset)
{
	for (const struct lx_item *item = items; item; item = item->next) {
		if (offset < item->span.start || offset >= item->span.end)
			continue;
		for (const struct lx_node *node = item->first; node; node = node->next)
			if (node->kind == LX_NODE_BRACE && offset >= node->span.start && offset < node->span.end) {
				const struct lx_item *inner = find_item(node->items, offset);
				if (inner)
					return inner;
			}
		return item;
	}
	return NULL;
}

/* Before the block of a model, at the end of a field. */
static uint32_t place_in(const struct lx_item *item)
{
	uint32_t end = item->span.end;
	for (const struct lx_node *node = item->first; node; node = node->next) {
		if (node->kind == LX_NODE_BRACE)
			break;
		end = node->span.end;
	}
	return end;
}

static enum lx_status make_edit(struct lx_cli *cli, const struct lx_rename_guess *guess, struct edit *edit)
{
	struct lx_span origin = guess->new_label ? guess->new_label->origin : guess->new->origin;
	struct lx_buffer text = LX_BUFFER_INIT;
	const struct lx_item *item = NULL;
	if (origin.file) {
		const struct lx_file *file = lx_parse(cli->arena, &cli->diags, origin.file);
		item = find_item(file->items, origin.start);
	}
	if (!item) {
		lx_fail(&cli->fail, LX_FAILED, "L0508", "cannot find where %s is declared",
			lx_rename_new_text(cli->arena, guess));
		lx_fail_help(&cli->fail, "write @renamed(from: '%s') there by hand", lx_rename_old_name(guess));
		return LX_FAILED;
	}
	lx_buffer_string(&text, " @renamed(from: '");
	for (const char *at = lx_rename_old_name(guess); *at; at++)
		lx_buffer_printf(&text, *at == '\'' ? "%c'" : "%c", *at);
	lx_buffer_string(&text, "')");
	*edit = (struct edit){origin.file, place_in(item), lx_arena_string(cli->arena, lx_buffer_text(&text))};
	lx_buffer_free(&text);
	return LX_OK;
}

static int compare_edits(const void *a, const void *b, void *context)
{
	const struct edit *x = a, *y = b;
	(void)context;
	if (x->file != y->file)
		return x->file < y->file ? -1 : 1;
	return x->offset < y->offset ? -1 : x->offset > y->offset;
}

/* All edits of one file, from EDITS[FIRST] on; returns the index behind them. */
static size_t apply_file(struct lx_cli *cli, struct lx_io_set *set, const struct lx_vec *edits, size_t first,
			 enum lx_status *status)
{
	const struct edit *edit = edits->items[first];
	const struct lx_source *source = lx_diags_source_of(&cli->diags, edit->file);
	struct lx_buffer text = LX_BUFFER_INIT;
	uint32_t done = 0, file = edit->file;
	size_t i = first;
	for (; i < edits->length && (edit = edits->items[i])->file == file; i++) {
		lx_buffer_add(&text, source->text + done, edit->offset - done);
		lx_buffer_string(&text, edit->text);
		done = edit->offset;
	}
	lx_buffer_add(&text, source->text + done, source->length - done);
	*status = lx_buffer_ok(&text) ? lx_io_set_add(set, source->path, lx_buffer_text(&text), text.length, &cli->fail)
				      : lx_fail(&cli->fail, LX_FAILED, "L0105", "out of memory");
	lx_buffer_free(&text);
	return i;
}

static enum lx_status apply(struct lx_cli *cli, struct lx_vec *edits)
{
	struct lx_io_set *set = lx_io_set_open();
	enum lx_status status = set ? LX_OK : lx_fail(&cli->fail, LX_FAILED, "L0105", "out of memory");
	lx_vec_sort(cli->arena, edits, compare_edits, NULL);
	for (size_t i = 0; i < edits->length && status == LX_OK;)
		i = apply_file(cli, set, edits, i, &status);
	if (status == LX_OK)
		status = lx_io_set_commit(set, NULL, &cli->fail);
	lx_io_set_close(set);
	return status;
}

enum lx_status lx_rename_ask(struct lx_cli *cli, const struct lx_vec *guesses, size_t *written)
{
	struct lx_vec edits = {0};
	*written = 0;
	LX_EACH (const struct lx_rename_guess *, guess, guesses) {
		const char *question =
		    lx_arena_printf(cli->arena, "Is %s the former %s, renamed?  (no: it is %s) [y/n] ",
				    lx_rename_new_text(cli->arena, guess), lx_rename_old_name(guess),
				    guess->old_label ? "taken away, and no row may have it" : "dropped with its data");
		if (!ask(cli, question))
			continue;
		struct edit *edit = LX_NEW(cli->arena, struct edit);
		enum lx_status status = make_edit(cli, guess, edit);
		if (status != LX_OK)
			return status;
		lx_vec_push(cli->arena, &edits, edit);
	}
	*written = edits.length;
	return edits.length ? apply(cli, &edits) : LX_OK;
}
