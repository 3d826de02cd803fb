/* SPDX-License-Identifier: Apache-2.0 */
#include "codegen/codegen.h"

#include "base/arena.h"
#include "base/sha256.h"
#include "codegen/write.h"
#include "snapshot/snapshot.h"

struct codegen {
	struct lx_c_plan plan;
	struct lx_c_text text; /* of one file after the other */
	const struct lx_codegen_options *options;
	enum lx_status status;
};

static void put(struct codegen *codegen, const char *base, const char *suffix)
{
	struct lx_buffer *text = &codegen->text.out;
	struct lx_output output = {lx_name_join(codegen->plan.arena, base, suffix), lx_buffer_text(text), text->length};
	if (codegen->status == LX_OK)
		codegen->status =
		    lx_buffer_ok(text) ? codegen->options->put(codegen->options->context, &output) : LX_FAILED;
	lx_buffer_clear(text);
}

/* The first 64 bits of the SHA-256 of the schema's canonical text. */
static uint64_t hash_of(const struct lx_schema *schema)
{
	struct lx_buffer canonical = LX_BUFFER_INIT;
	char hex[LX_SHA256_HEX] = "";
	uint64_t hash = 0;
	lx_snapshot_print(&canonical, schema);
	lx_sha256_hex(lx_buffer_text(&canonical), canonical.length, hex);
	for (int i = 0; i < 16 && hex[i]; i++)
		hash = hash << 4 | (uint64_t)(hex[i] <= '9' ? hex[i] - '0' : hex[i] - 'a' + 10);
	lx_buffer_free(&canonical);
	return hash;
}

/* False: clashes are in the diagnostics. */
static bool begin(struct codegen *codegen, struct lx_diags *diags)
{
	struct lx_c_plan *plan = &codegen->plan;
	size_t errors = diags->errors;
	plan->names.arena = plan->arena;
	plan->names.diags = diags;
	plan->prefix = codegen->options->prefix;
	plan->upper = lx_name_upper(plan->arena, "", plan->prefix);
	if (lx_name_check(&plan->names, plan->prefix, LX_NO_SPAN, "the prefix of all names"))
		lx_c_plan_schema(plan);
	return diags->errors == errors;
}

enum lx_status lx_codegen(struct lx_arena *arena, struct lx_diags *diags, const struct lx_schema *schema,
			  const struct lx_codegen_options *options)
{
	struct codegen codegen = {.plan = {.arena = arena, .schema = schema}, {LX_BUFFER_INIT}, .options = options};
	struct lx_c_plan *plan = &codegen.plan;
	if (!begin(&codegen, diags))
		return LX_USAGE;
	LX_EACH (const struct lx_c_model *, model, &plan->models) {
		lx_c_write_header(&codegen.text, plan, model);
		put(&codegen, model->file, ".h");
		lx_c_write_source(&codegen.text, plan, model);
		put(&codegen, model->file, ".c");
	}
	if (plan->queries.length) {
		lx_c_write_queries_header(&codegen.text, plan);
		put(&codegen, plan->prefix, "_queries.h");
		lx_c_write_queries_source(&codegen.text, plan);
		put(&codegen, plan->prefix, "_queries.c");
	}
	lx_c_write_types_header(&codegen.text, plan);
	put(&codegen, plan->prefix, "_types.h");
	lx_c_write_types_source(&codegen.text, plan);
	put(&codegen, plan->prefix, "_types.c");
	lx_c_write_umbrella(&codegen.text, plan, hash_of(schema));
	put(&codegen, plan->prefix, "_models.h");
	lx_buffer_free(&codegen.text.out);
	return codegen.status;
}

enum lx_status lx_codegen_pages(struct lx_arena *arena, struct lx_diags *diags, const struct lx_schema *schema,
				const struct lx_codegen_options *options)
{
	struct codegen codegen = {.plan = {.arena = arena, .schema = schema}, {LX_BUFFER_INIT}, .options = options};
	if (!begin(&codegen, diags))
		return LX_USAGE;
	LX_EACH (const struct lx_c_model *, model, &codegen.plan.models) {
		lx_c_write_page(&codegen.text, &codegen.plan, model);
		put(&codegen, model->file, ".md");
	}
	if (codegen.plan.queries.length) {
		lx_c_write_queries_page(&codegen.text, &codegen.plan);
		put(&codegen, codegen.plan.prefix, "_queries.md");
	}
	lx_c_write_index(&codegen.text, &codegen.plan);
	put(&codegen, codegen.plan.prefix, "_models.md");
	lx_buffer_free(&codegen.text.out);
	return codegen.status;
}
