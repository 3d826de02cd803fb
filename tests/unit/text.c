/* SPDX-License-Identifier: Apache-2.0 */
#include "text.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/io.h"
#include "diag/sorted.h"

static void out_of_memory(void *context, size_t wanted)
{
	(void)context;
	fprintf(stderr, "out of memory: %zu bytes\n", wanted);
	abort();
}

void text_open(struct text *text, const char *source, size_t length)
{
	text->arena = lx_arena_open(0, out_of_memory, NULL);
	lx_diags_init(&text->diags, text->arena);
	text->file = lx_parse(text->arena, &text->diags, lx_diags_source(&text->diags, "test.lexo", source, length));
}

void text_close(struct text *text)
{
	lx_arena_close(text->arena);
}

void text_codes(struct text *text, struct lx_buffer *out)
{
	struct lx_vec sorted = lx_diags_sorted(&text->diags);
	LX_EACH (const struct lx_diag *, diag, &sorted) {
		uint32_t line, column;
		lx_source_place(&text->diags, diag->span.file, diag->span.start, &line, &column);
		lx_buffer_printf(out, "%s%u:%u %s", out->length ? "; " : "", line, column, lx_code_name(diag->code));
	}
}

void text_each_file(const char *folder, void (*visit)(const char *path, const char *source, size_t length))
{
	DIR *dir = opendir(folder);
	if (!dir)
		return;
	for (const struct dirent *entry; (entry = readdir(dir));) {
		char path[4096];
		if (entry->d_name[0] == '.' ||
		    snprintf(path, sizeof path, "%s/%s", folder, entry->d_name) >= (int)sizeof path)
			continue;
		size_t length = strlen(path);
		if (lx_io_is_folder(path))
			text_each_file(path, visit);
		else if (length > 5 && strcmp(path + length - 5, ".lexo") == 0) {
			char *source;
			if (lx_io_read(path, (size_t)1 << 30, &source, &length, NULL) != LX_OK)
				continue;
			visit(path, source, length);
			free(source);
		}
	}
	closedir(dir);
}

unsigned text_random(unsigned *state, unsigned below)
{
	*state = *state * 1664525U + 1013904223U; /* Numerical Recipes */
	return (*state >> 8) % below;
}
