using System;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace TaskMatrix.App.Storage.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class Initial : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "access_tokens",
                columns: table => new
                {
                    hash = table.Column<string>(type: "text", nullable: false),
                    user_name = table.Column<string>(type: "text", nullable: false),
                    security_stamp = table.Column<string>(type: "text", nullable: false),
                    expires_at = table.Column<long>(type: "bigint", nullable: false),
                    revoked = table.Column<bool>(type: "boolean", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_access_tokens", x => x.hash);
                });

            migrationBuilder.CreateTable(
                name: "accounts",
                columns: table => new
                {
                    user_name = table.Column<string>(type: "text", nullable: false),
                    normalized_user_name = table.Column<string>(type: "text", nullable: false),
                    display_name = table.Column<string>(type: "text", nullable: false),
                    jurisdiction = table.Column<string>(type: "text", nullable: false),
                    unit = table.Column<string>(type: "text", nullable: false),
                    post = table.Column<string>(type: "text", nullable: false),
                    roles = table.Column<string>(type: "text", nullable: false),
                    password_hash = table.Column<string>(type: "text", nullable: true),
                    security_stamp = table.Column<string>(type: "text", nullable: false),
                    access_failed_count = table.Column<int>(type: "integer", nullable: false),
                    lockout_end = table.Column<long>(type: "bigint", nullable: true),
                    disabled = table.Column<bool>(type: "boolean", nullable: false),
                    language = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_accounts", x => x.user_name);
                });

            migrationBuilder.CreateTable(
                name: "assumption_overlays",
                columns: table => new
                {
                    duty_id = table.Column<string>(type: "text", nullable: false),
                    field = table.Column<string>(type: "text", nullable: false),
                    value = table.Column<string>(type: "text", nullable: false),
                    set_by = table.Column<string>(type: "text", nullable: false),
                    set_at = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_assumption_overlays", x => new { x.duty_id, x.field });
                });

            migrationBuilder.CreateTable(
                name: "attachment_contents",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    bytes = table.Column<byte[]>(type: "bytea", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_attachment_contents", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "attachments",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    jurisdiction = table.Column<string>(type: "text", nullable: false),
                    task_id = table.Column<Guid>(type: "uuid", nullable: true),
                    file_name = table.Column<string>(type: "text", nullable: false),
                    size = table.Column<long>(type: "bigint", nullable: false),
                    sha256 = table.Column<string>(type: "text", nullable: false),
                    media_type = table.Column<string>(type: "text", nullable: false),
                    uploaded_by = table.Column<string>(type: "text", nullable: false),
                    uploaded_at = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_attachments", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "audit",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    jurisdiction = table.Column<string>(type: "text", nullable: false),
                    unit = table.Column<string>(type: "text", nullable: false),
                    sequence = table.Column<long>(type: "bigint", nullable: false),
                    task_id = table.Column<Guid>(type: "uuid", nullable: true),
                    task_sequence = table.Column<int>(type: "integer", nullable: true),
                    at = table.Column<long>(type: "bigint", nullable: false),
                    action = table.Column<string>(type: "text", nullable: false),
                    actor = table.Column<string>(type: "text", nullable: false),
                    actor_unit = table.Column<string>(type: "text", nullable: false),
                    shared_id = table.Column<string>(type: "text", nullable: true),
                    payload = table.Column<string>(type: "text", nullable: false),
                    hash = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_audit", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "chain_heads",
                columns: table => new
                {
                    jurisdiction = table.Column<string>(type: "text", nullable: false),
                    unit = table.Column<string>(type: "text", nullable: false),
                    sequence = table.Column<long>(type: "bigint", nullable: false),
                    hash = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_chain_heads", x => new { x.jurisdiction, x.unit });
                });

            migrationBuilder.CreateTable(
                name: "data_protection_keys",
                columns: table => new
                {
                    name = table.Column<string>(type: "text", nullable: false),
                    xml = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_data_protection_keys", x => x.name);
                });

            migrationBuilder.CreateTable(
                name: "definitions",
                columns: table => new
                {
                    id = table.Column<string>(type: "text", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false),
                    text = table.Column<string>(type: "text", nullable: false),
                    sha256 = table.Column<string>(type: "text", nullable: false),
                    published_at = table.Column<long>(type: "bigint", nullable: false),
                    published_by = table.Column<string>(type: "text", nullable: false),
                    shipped = table.Column<bool>(type: "boolean", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_definitions", x => new { x.id, x.version });
                });

            migrationBuilder.CreateTable(
                name: "duties",
                columns: table => new
                {
                    id = table.Column<string>(type: "text", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false),
                    body = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_duties", x => new { x.id, x.version });
                });

            migrationBuilder.CreateTable(
                name: "idempotent_answers",
                columns: table => new
                {
                    key = table.Column<string>(type: "text", nullable: false),
                    body_hash = table.Column<string>(type: "text", nullable: false),
                    status = table.Column<int>(type: "integer", nullable: false),
                    location = table.Column<string>(type: "text", nullable: true),
                    answer = table.Column<string>(type: "text", nullable: false),
                    stored_at = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_idempotent_answers", x => x.key);
                });

            migrationBuilder.CreateTable(
                name: "jurisdictions",
                columns: table => new
                {
                    id = table.Column<string>(type: "text", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false),
                    english = table.Column<string>(type: "text", nullable: false),
                    zone = table.Column<string>(type: "text", nullable: false),
                    calendar = table.Column<string>(type: "text", nullable: false),
                    number_prefix = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_jurisdictions", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "number_counters",
                columns: table => new
                {
                    jurisdiction = table.Column<string>(type: "text", nullable: false),
                    year = table.Column<int>(type: "integer", nullable: false),
                    last = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_number_counters", x => new { x.jurisdiction, x.year });
                });

            migrationBuilder.CreateTable(
                name: "plans",
                columns: table => new
                {
                    id = table.Column<string>(type: "text", nullable: false),
                    jurisdiction = table.Column<string>(type: "text", nullable: false),
                    title = table.Column<string>(type: "text", nullable: false),
                    english = table.Column<string>(type: "text", nullable: false),
                    number = table.Column<string>(type: "text", nullable: false),
                    issued_on = table.Column<string>(type: "text", nullable: false),
                    status = table.Column<string>(type: "text", nullable: false),
                    active_from = table.Column<string>(type: "text", nullable: true),
                    begins_at = table.Column<long>(type: "bigint", nullable: true),
                    begun = table.Column<bool>(type: "boolean", nullable: false),
                    ended_at = table.Column<long>(type: "bigint", nullable: true),
                    text = table.Column<string>(type: "text", nullable: false),
                    document_sha256 = table.Column<string>(type: "text", nullable: false),
                    headings = table.Column<string>(type: "text", nullable: true),
                    phases = table.Column<string>(type: "text", nullable: false),
                    names = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_plans", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "raised_events",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    jurisdiction = table.Column<string>(type: "text", nullable: false),
                    kind = table.Column<string>(type: "text", nullable: false),
                    summary = table.Column<string>(type: "text", nullable: false),
                    data = table.Column<string>(type: "text", nullable: false),
                    occurred_at = table.Column<long>(type: "bigint", nullable: false),
                    raised_at = table.Column<long>(type: "bigint", nullable: false),
                    raised_by = table.Column<string>(type: "text", nullable: false),
                    raised_by_unit = table.Column<string>(type: "text", nullable: false),
                    raised_by_step = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_raised_events", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "schedules",
                columns: table => new
                {
                    duty_id = table.Column<string>(type: "text", nullable: false),
                    part = table.Column<string>(type: "text", nullable: false),
                    jurisdiction = table.Column<string>(type: "text", nullable: false),
                    plan = table.Column<string>(type: "text", nullable: false),
                    cron = table.Column<string>(type: "text", nullable: false),
                    policy = table.Column<string>(type: "text", nullable: false),
                    paused = table.Column<bool>(type: "boolean", nullable: false),
                    next_at = table.Column<long>(type: "bigint", nullable: true),
                    until = table.Column<long>(type: "bigint", nullable: true),
                    last_at = table.Column<long>(type: "bigint", nullable: true),
                    last_result = table.Column<string>(type: "text", nullable: true),
                    manual_runs = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_schedules", x => new { x.duty_id, x.part });
                });

            migrationBuilder.CreateTable(
                name: "settings",
                columns: table => new
                {
                    key = table.Column<string>(type: "text", nullable: false),
                    value = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_settings", x => x.key);
                });

            migrationBuilder.CreateTable(
                name: "skipped_occurrences",
                columns: table => new
                {
                    duty_id = table.Column<string>(type: "text", nullable: false),
                    unit = table.Column<string>(type: "text", nullable: false),
                    activation = table.Column<string>(type: "text", nullable: false),
                    occurrence = table.Column<string>(type: "text", nullable: false),
                    reason = table.Column<string>(type: "text", nullable: false),
                    skipped_at = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_skipped_occurrences", x => new { x.duty_id, x.unit, x.occurrence, x.activation });
                });

            migrationBuilder.CreateTable(
                name: "task_units",
                columns: table => new
                {
                    task_id = table.Column<Guid>(type: "uuid", nullable: false),
                    unit = table.Column<string>(type: "text", nullable: false),
                    jurisdiction = table.Column<string>(type: "text", nullable: false),
                    part = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_task_units", x => new { x.task_id, x.unit });
                });

            migrationBuilder.CreateTable(
                name: "tasks",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false),
                    number = table.Column<string>(type: "text", nullable: false),
                    jurisdiction = table.Column<string>(type: "text", nullable: false),
                    plan = table.Column<string>(type: "text", nullable: true),
                    activation = table.Column<string>(type: "text", nullable: false),
                    duty = table.Column<string>(type: "text", nullable: true),
                    duty_version = table.Column<int>(type: "integer", nullable: true),
                    workflow = table.Column<string>(type: "text", nullable: true),
                    workflow_version = table.Column<int>(type: "integer", nullable: true),
                    step = table.Column<string>(type: "text", nullable: true),
                    run = table.Column<string>(type: "text", nullable: true),
                    occurrence = table.Column<string>(type: "text", nullable: true),
                    issued_to = table.Column<string>(type: "text", nullable: false),
                    clause = table.Column<string>(type: "text", nullable: true),
                    title = table.Column<string>(type: "text", nullable: false),
                    english = table.Column<string>(type: "text", nullable: false),
                    description = table.Column<string>(type: "text", nullable: false),
                    source_kind = table.Column<string>(type: "text", nullable: false),
                    source_reference = table.Column<string>(type: "text", nullable: true),
                    kind = table.Column<string>(type: "text", nullable: false),
                    lead_unit = table.Column<string>(type: "text", nullable: false),
                    co_units = table.Column<string>(type: "text", nullable: false),
                    accountable_post = table.Column<string>(type: "text", nullable: true),
                    assignee = table.Column<string>(type: "text", nullable: true),
                    sign_off_required = table.Column<bool>(type: "boolean", nullable: false),
                    review_required = table.Column<bool>(type: "boolean", nullable: false),
                    evidence_required = table.Column<bool>(type: "boolean", nullable: false),
                    acknowledge_required = table.Column<bool>(type: "boolean", nullable: false),
                    form = table.Column<string>(type: "text", nullable: true),
                    calendar = table.Column<string>(type: "text", nullable: false),
                    zone = table.Column<string>(type: "text", nullable: false),
                    ladder = table.Column<string>(type: "text", nullable: true),
                    ack_within = table.Column<string>(type: "text", nullable: false),
                    due_in = table.Column<string>(type: "text", nullable: true),
                    exercise = table.Column<bool>(type: "boolean", nullable: false),
                    state = table.Column<string>(type: "text", nullable: false),
                    state_before_suspension = table.Column<string>(type: "text", nullable: true),
                    created_at = table.Column<long>(type: "bigint", nullable: false),
                    issued_at = table.Column<long>(type: "bigint", nullable: true),
                    ack_by = table.Column<long>(type: "bigint", nullable: true),
                    due_at = table.Column<long>(type: "bigint", nullable: true),
                    missed_by = table.Column<long>(type: "bigint", nullable: true),
                    acknowledged_at = table.Column<long>(type: "bigint", nullable: true),
                    submitted_at = table.Column<long>(type: "bigint", nullable: true),
                    submitted_by = table.Column<string>(type: "text", nullable: true),
                    left_unit_at = table.Column<long>(type: "bigint", nullable: true),
                    signed_by = table.Column<string>(type: "text", nullable: true),
                    closed_at = table.Column<long>(type: "bigint", nullable: true),
                    ack_breached_at = table.Column<long>(type: "bigint", nullable: true),
                    overdue_since = table.Column<long>(type: "bigint", nullable: true),
                    missed_at = table.Column<long>(type: "bigint", nullable: true),
                    on_time = table.Column<bool>(type: "boolean", nullable: true),
                    escalation_level = table.Column<int>(type: "integer", nullable: false),
                    rungs_from = table.Column<long>(type: "bigint", nullable: true),
                    return_rounds = table.Column<int>(type: "integer", nullable: false),
                    in_rework = table.Column<bool>(type: "boolean", nullable: false),
                    extensions = table.Column<int>(type: "integer", nullable: false),
                    pending_extension = table.Column<string>(type: "text", nullable: true),
                    remaining_ack = table.Column<long>(type: "bigint", nullable: false),
                    remaining_due = table.Column<long>(type: "bigint", nullable: false),
                    percent = table.Column<int>(type: "integer", nullable: false),
                    outcome = table.Column<string>(type: "text", nullable: true),
                    report_text = table.Column<string>(type: "text", nullable: true),
                    report_form = table.Column<string>(type: "text", nullable: true),
                    attachment_ids = table.Column<string>(type: "text", nullable: false),
                    reason = table.Column<string>(type: "text", nullable: true),
                    proposed_unit = table.Column<string>(type: "text", nullable: true),
                    blue_from = table.Column<long>(type: "bigint", nullable: true),
                    due_sort = table.Column<long>(type: "bigint", nullable: false),
                    late_from = table.Column<long>(type: "bigint", nullable: true),
                    red_since = table.Column<long>(type: "bigint", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_tasks", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "timers",
                columns: table => new
                {
                    task_id = table.Column<Guid>(type: "uuid", nullable: false),
                    jurisdiction = table.Column<string>(type: "text", nullable: false),
                    due_at = table.Column<long>(type: "bigint", nullable: false),
                    kind = table.Column<string>(type: "text", nullable: false),
                    attempts = table.Column<int>(type: "integer", nullable: false),
                    last_error = table.Column<string>(type: "text", nullable: true),
                    set_aside = table.Column<bool>(type: "boolean", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_timers", x => x.task_id);
                });

            migrationBuilder.CreateTable(
                name: "units",
                columns: table => new
                {
                    jurisdiction = table.Column<string>(type: "text", nullable: false),
                    id = table.Column<string>(type: "text", nullable: false),
                    ordinal = table.Column<int>(type: "integer", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false),
                    english = table.Column<string>(type: "text", nullable: false),
                    aliases = table.Column<string>(type: "text", nullable: false),
                    classes = table.Column<string>(type: "text", nullable: false),
                    posts = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_units", x => new { x.jurisdiction, x.id });
                });

            migrationBuilder.CreateIndex(
                name: "IX_access_tokens_user_name",
                table: "access_tokens",
                column: "user_name");

            migrationBuilder.CreateIndex(
                name: "IX_accounts_normalized_user_name",
                table: "accounts",
                column: "normalized_user_name",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_attachments_task_id",
                table: "attachments",
                column: "task_id");

            migrationBuilder.CreateIndex(
                name: "IX_audit_jurisdiction_at",
                table: "audit",
                columns: new[] { "jurisdiction", "at" });

            migrationBuilder.CreateIndex(
                name: "IX_audit_jurisdiction_unit_sequence",
                table: "audit",
                columns: new[] { "jurisdiction", "unit", "sequence" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_audit_task_id_task_sequence",
                table: "audit",
                columns: new[] { "task_id", "task_sequence" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_idempotent_answers_stored_at",
                table: "idempotent_answers",
                column: "stored_at");

            migrationBuilder.CreateIndex(
                name: "IX_plans_jurisdiction",
                table: "plans",
                column: "jurisdiction");

            migrationBuilder.CreateIndex(
                name: "IX_plans_status_begun_begins_at",
                table: "plans",
                columns: new[] { "status", "begun", "begins_at" });

            migrationBuilder.CreateIndex(
                name: "IX_raised_events_jurisdiction_raised_at",
                table: "raised_events",
                columns: new[] { "jurisdiction", "raised_at" });

            migrationBuilder.CreateIndex(
                name: "IX_raised_events_raised_by_step",
                table: "raised_events",
                column: "raised_by_step",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_schedules_next_at_duty_id",
                table: "schedules",
                columns: new[] { "next_at", "duty_id" });

            migrationBuilder.CreateIndex(
                name: "IX_schedules_plan",
                table: "schedules",
                column: "plan");

            migrationBuilder.CreateIndex(
                name: "IX_task_units_jurisdiction_unit_task_id",
                table: "task_units",
                columns: new[] { "jurisdiction", "unit", "task_id" });

            migrationBuilder.CreateIndex(
                name: "IX_tasks_duty_issued_to_occurrence_activation",
                table: "tasks",
                columns: new[] { "duty", "issued_to", "occurrence", "activation" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_tasks_jurisdiction_due_sort_number",
                table: "tasks",
                columns: new[] { "jurisdiction", "due_sort", "number" });

            migrationBuilder.CreateIndex(
                name: "IX_tasks_jurisdiction_late_from_number",
                table: "tasks",
                columns: new[] { "jurisdiction", "late_from", "number" });

            migrationBuilder.CreateIndex(
                name: "IX_tasks_jurisdiction_lead_unit_due_sort_number",
                table: "tasks",
                columns: new[] { "jurisdiction", "lead_unit", "due_sort", "number" });

            migrationBuilder.CreateIndex(
                name: "IX_tasks_jurisdiction_number",
                table: "tasks",
                columns: new[] { "jurisdiction", "number" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_tasks_jurisdiction_state_due_sort_number",
                table: "tasks",
                columns: new[] { "jurisdiction", "state", "due_sort", "number" });

            migrationBuilder.CreateIndex(
                name: "IX_tasks_plan_duty_lead_unit",
                table: "tasks",
                columns: new[] { "plan", "duty", "lead_unit" });

            migrationBuilder.CreateIndex(
                name: "IX_tasks_run",
                table: "tasks",
                column: "run");

            migrationBuilder.CreateIndex(
                name: "IX_timers_due_at_task_id",
                table: "timers",
                columns: new[] { "due_at", "task_id" });

            // The record is append-only, also for whoever owns the tables; the application's role has no such right at all.
            migrationBuilder.Sql(
                """
                CREATE FUNCTION audit_is_append_only() RETURNS trigger LANGUAGE plpgsql AS
                $$ BEGIN RAISE EXCEPTION 'the record is append-only'; END $$;
                CREATE TRIGGER audit_no_change BEFORE UPDATE OR DELETE ON audit FOR EACH ROW EXECUTE FUNCTION audit_is_append_only();
                CREATE TRIGGER audit_no_truncate BEFORE TRUNCATE ON audit FOR EACH STATEMENT EXECUTE FUNCTION audit_is_append_only();
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("DROP TRIGGER audit_no_change ON audit; DROP TRIGGER audit_no_truncate ON audit; DROP FUNCTION audit_is_append_only();");

            migrationBuilder.DropTable(
                name: "access_tokens");

            migrationBuilder.DropTable(
                name: "accounts");

            migrationBuilder.DropTable(
                name: "assumption_overlays");

            migrationBuilder.DropTable(
                name: "attachment_contents");

            migrationBuilder.DropTable(
                name: "attachments");

            migrationBuilder.DropTable(
                name: "audit");

            migrationBuilder.DropTable(
                name: "chain_heads");

            migrationBuilder.DropTable(
                name: "data_protection_keys");

            migrationBuilder.DropTable(
                name: "definitions");

            migrationBuilder.DropTable(
                name: "duties");

            migrationBuilder.DropTable(
                name: "idempotent_answers");

            migrationBuilder.DropTable(
                name: "jurisdictions");

            migrationBuilder.DropTable(
                name: "number_counters");

            migrationBuilder.DropTable(
                name: "plans");

            migrationBuilder.DropTable(
                name: "raised_events");

            migrationBuilder.DropTable(
                name: "schedules");

            migrationBuilder.DropTable(
                name: "settings");

            migrationBuilder.DropTable(
                name: "skipped_occurrences");

            migrationBuilder.DropTable(
                name: "task_units");

            migrationBuilder.DropTable(
                name: "tasks");

            migrationBuilder.DropTable(
                name: "timers");

            migrationBuilder.DropTable(
                name: "units");
        }
    }
}
