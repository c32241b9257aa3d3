using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace TaskMatrix.App.Storage.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class Supervision : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "signed_by_post",
                table: "raised_events",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "amendments",
                table: "meetings",
                type: "TEXT",
                nullable: false,
                defaultValueSql: "'[]'");

            migrationBuilder.AddColumn<string>(
                name: "minutes_by",
                table: "meetings",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "moves",
                table: "meetings",
                type: "TEXT",
                nullable: false,
                defaultValueSql: "'[]'");

            migrationBuilder.AddColumn<Guid>(
                name: "inspection_id",
                table: "attachments",
                type: "TEXT",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "calendar_feeds",
                columns: table => new
                {
                    user_name = table.Column<string>(type: "TEXT", nullable: false),
                    token_hash = table.Column<string>(type: "TEXT", nullable: false),
                    made_at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_calendar_feeds", x => x.user_name);
                });

            migrationBuilder.CreateTable(
                name: "channels",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    jurisdiction = table.Column<string>(type: "TEXT", nullable: false),
                    address = table.Column<string>(type: "TEXT", nullable: false),
                    kind = table.Column<string>(type: "TEXT", nullable: false),
                    protected_target = table.Column<string>(type: "TEXT", nullable: false),
                    protected_secret = table.Column<string>(type: "TEXT", nullable: true),
                    shown = table.Column<string>(type: "TEXT", nullable: false),
                    language = table.Column<string>(type: "TEXT", nullable: false),
                    made_by = table.Column<string>(type: "TEXT", nullable: false),
                    made_at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_channels", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "deliveries",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    message_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    channel_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    jurisdiction = table.Column<string>(type: "TEXT", nullable: false),
                    address = table.Column<string>(type: "TEXT", nullable: false),
                    kind = table.Column<string>(type: "TEXT", nullable: false),
                    shown = table.Column<string>(type: "TEXT", nullable: false),
                    due_at = table.Column<long>(type: "INTEGER", nullable: false),
                    state = table.Column<string>(type: "TEXT", nullable: false),
                    attempts = table.Column<int>(type: "INTEGER", nullable: false),
                    last_error = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_deliveries", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "inbox_marks",
                columns: table => new
                {
                    user_name = table.Column<string>(type: "TEXT", nullable: false),
                    read_through = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_inbox_marks", x => x.user_name);
                });

            migrationBuilder.CreateTable(
                name: "inspection_rounds",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    key = table.Column<string>(type: "TEXT", nullable: false),
                    jurisdiction = table.Column<string>(type: "TEXT", nullable: false),
                    number = table.Column<string>(type: "TEXT", nullable: false),
                    kind = table.Column<string>(type: "TEXT", nullable: false),
                    title = table.Column<string>(type: "TEXT", nullable: false),
                    reason = table.Column<string>(type: "TEXT", nullable: false),
                    from = table.Column<long>(type: "INTEGER", nullable: false),
                    until = table.Column<long>(type: "INTEGER", nullable: true),
                    team = table.Column<string>(type: "TEXT", nullable: false),
                    team_names = table.Column<string>(type: "TEXT", nullable: false),
                    planned_by = table.Column<string>(type: "TEXT", nullable: false),
                    planned_at = table.Column<long>(type: "INTEGER", nullable: false),
                    version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_inspection_rounds", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "inspection_tasks",
                columns: table => new
                {
                    inspection_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    task_id = table.Column<Guid>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_inspection_tasks", x => new { x.inspection_id, x.task_id });
                });

            migrationBuilder.CreateTable(
                name: "inspections",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    version = table.Column<int>(type: "INTEGER", nullable: false),
                    key = table.Column<string>(type: "TEXT", nullable: false),
                    jurisdiction = table.Column<string>(type: "TEXT", nullable: false),
                    number = table.Column<string>(type: "TEXT", nullable: false),
                    kind = table.Column<string>(type: "TEXT", nullable: false),
                    unit = table.Column<string>(type: "TEXT", nullable: false),
                    state = table.Column<string>(type: "TEXT", nullable: false),
                    reason = table.Column<string>(type: "TEXT", nullable: false),
                    task_ids = table.Column<string>(type: "TEXT", nullable: false),
                    round_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    team = table.Column<string>(type: "TEXT", nullable: true),
                    team_names = table.Column<string>(type: "TEXT", nullable: false),
                    opened_at = table.Column<long>(type: "INTEGER", nullable: false),
                    opened_by = table.Column<string>(type: "TEXT", nullable: false),
                    orders = table.Column<string>(type: "TEXT", nullable: false),
                    answer_by = table.Column<long>(type: "INTEGER", nullable: true),
                    explanations = table.Column<string>(type: "TEXT", nullable: false),
                    finding = table.Column<string>(type: "TEXT", nullable: true),
                    finding_text = table.Column<string>(type: "TEXT", nullable: true),
                    found_at = table.Column<long>(type: "INTEGER", nullable: true),
                    found_by = table.Column<string>(type: "TEXT", nullable: true),
                    rectifications = table.Column<string>(type: "TEXT", nullable: false),
                    rechecks = table.Column<string>(type: "TEXT", nullable: false),
                    measure = table.Column<string>(type: "TEXT", nullable: true),
                    measure_text = table.Column<string>(type: "TEXT", nullable: true),
                    measure_proposed_at = table.Column<long>(type: "INTEGER", nullable: true),
                    measure_approved = table.Column<bool>(type: "INTEGER", nullable: true),
                    measure_opinion = table.Column<string>(type: "TEXT", nullable: true),
                    measure_decided_at = table.Column<long>(type: "INTEGER", nullable: true),
                    measure_decided_by = table.Column<string>(type: "TEXT", nullable: true),
                    closed_at = table.Column<long>(type: "INTEGER", nullable: true),
                    closing_text = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_inspections", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "message_reads",
                columns: table => new
                {
                    user_name = table.Column<string>(type: "TEXT", nullable: false),
                    message_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    read_at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_message_reads", x => new { x.message_id, x.user_name });
                });

            migrationBuilder.CreateTable(
                name: "messages",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    jurisdiction = table.Column<string>(type: "TEXT", nullable: false),
                    address = table.Column<string>(type: "TEXT", nullable: false),
                    kind = table.Column<string>(type: "TEXT", nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false),
                    visible_from = table.Column<long>(type: "INTEGER", nullable: false),
                    count = table.Column<int>(type: "INTEGER", nullable: false),
                    subjects = table.Column<string>(type: "TEXT", nullable: false),
                    task_ids = table.Column<string>(type: "TEXT", nullable: false),
                    task_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    text = table.Column<string>(type: "TEXT", nullable: true),
                    exercise = table.Column<bool>(type: "INTEGER", nullable: false),
                    gathering = table.Column<string>(type: "TEXT", nullable: true),
                    outbox_at = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_messages", x => x.id);
                });

            migrationBuilder.CreateIndex(
                name: "IX_tasks_ack_breached",
                table: "tasks",
                columns: new[] { "jurisdiction", "ack_breached_at", "lead_unit" },
                filter: "ack_breached_at IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_tasks_breached",
                table: "tasks",
                columns: new[] { "jurisdiction", "overdue_since", "lead_unit" },
                filter: "overdue_since IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_tasks_extension_asked",
                table: "tasks",
                columns: new[] { "jurisdiction", "due_sort", "number" },
                filter: "pending_extension IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_tasks_jurisdiction_issued_at",
                table: "tasks",
                columns: new[] { "jurisdiction", "issued_at" });

            migrationBuilder.CreateIndex(
                name: "IX_tasks_submitted",
                table: "tasks",
                columns: new[] { "jurisdiction", "submitted_at", "lead_unit", "duty" },
                filter: "submitted_at IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_audit_jurisdiction_action_at",
                table: "audit",
                columns: new[] { "jurisdiction", "action", "at" });

            migrationBuilder.CreateIndex(
                name: "IX_audit_jurisdiction_actor_at",
                table: "audit",
                columns: new[] { "jurisdiction", "actor", "at" });

            migrationBuilder.CreateIndex(
                name: "IX_attachments_inspection_id",
                table: "attachments",
                column: "inspection_id");

            migrationBuilder.CreateIndex(
                name: "IX_calendar_feeds_token_hash",
                table: "calendar_feeds",
                column: "token_hash",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_channels_jurisdiction_address",
                table: "channels",
                columns: new[] { "jurisdiction", "address" });

            migrationBuilder.CreateIndex(
                name: "IX_deliveries_due_at_id",
                table: "deliveries",
                columns: new[] { "due_at", "id" },
                filter: "state = 'Waiting'");

            migrationBuilder.CreateIndex(
                name: "IX_deliveries_jurisdiction_due_at_id",
                table: "deliveries",
                columns: new[] { "jurisdiction", "due_at", "id" },
                filter: "state = 'SetAside'");

            migrationBuilder.CreateIndex(
                name: "IX_deliveries_message_id_channel_id",
                table: "deliveries",
                columns: new[] { "message_id", "channel_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_inspection_rounds_jurisdiction_number",
                table: "inspection_rounds",
                columns: new[] { "jurisdiction", "number" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_inspection_rounds_jurisdiction_planned_at_key",
                table: "inspection_rounds",
                columns: new[] { "jurisdiction", "planned_at", "key" });

            migrationBuilder.CreateIndex(
                name: "IX_inspection_tasks_task_id",
                table: "inspection_tasks",
                column: "task_id");

            migrationBuilder.CreateIndex(
                name: "IX_inspections_jurisdiction_number",
                table: "inspections",
                columns: new[] { "jurisdiction", "number" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_inspections_jurisdiction_opened_at_key",
                table: "inspections",
                columns: new[] { "jurisdiction", "opened_at", "key" });

            migrationBuilder.CreateIndex(
                name: "IX_inspections_jurisdiction_state_opened_at_key",
                table: "inspections",
                columns: new[] { "jurisdiction", "state", "opened_at", "key" });

            migrationBuilder.CreateIndex(
                name: "IX_inspections_jurisdiction_unit_opened_at_key",
                table: "inspections",
                columns: new[] { "jurisdiction", "unit", "opened_at", "key" });

            migrationBuilder.CreateIndex(
                name: "IX_inspections_key",
                table: "inspections",
                column: "key",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_inspections_round_id",
                table: "inspections",
                column: "round_id");

            migrationBuilder.CreateIndex(
                name: "IX_messages_gathering",
                table: "messages",
                column: "gathering",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_messages_jurisdiction_address_visible_from_id",
                table: "messages",
                columns: new[] { "jurisdiction", "address", "visible_from", "id" });

            migrationBuilder.CreateIndex(
                name: "IX_messages_outbox_at",
                table: "messages",
                column: "outbox_at",
                filter: "outbox_at IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_messages_task_id",
                table: "messages",
                column: "task_id",
                filter: "task_id IS NOT NULL");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "calendar_feeds");

            migrationBuilder.DropTable(
                name: "channels");

            migrationBuilder.DropTable(
                name: "deliveries");

            migrationBuilder.DropTable(
                name: "inbox_marks");

            migrationBuilder.DropTable(
                name: "inspection_rounds");

            migrationBuilder.DropTable(
                name: "inspection_tasks");

            migrationBuilder.DropTable(
                name: "inspections");

            migrationBuilder.DropTable(
                name: "message_reads");

            migrationBuilder.DropTable(
                name: "messages");

            migrationBuilder.DropIndex(
                name: "IX_tasks_ack_breached",
                table: "tasks");

            migrationBuilder.DropIndex(
                name: "IX_tasks_breached",
                table: "tasks");

            migrationBuilder.DropIndex(
                name: "IX_tasks_extension_asked",
                table: "tasks");

            migrationBuilder.DropIndex(
                name: "IX_tasks_jurisdiction_issued_at",
                table: "tasks");

            migrationBuilder.DropIndex(
                name: "IX_tasks_submitted",
                table: "tasks");

            migrationBuilder.DropIndex(
                name: "IX_audit_jurisdiction_action_at",
                table: "audit");

            migrationBuilder.DropIndex(
                name: "IX_audit_jurisdiction_actor_at",
                table: "audit");

            migrationBuilder.DropIndex(
                name: "IX_attachments_inspection_id",
                table: "attachments");

            migrationBuilder.DropColumn(
                name: "signed_by_post",
                table: "raised_events");

            migrationBuilder.DropColumn(
                name: "amendments",
                table: "meetings");

            migrationBuilder.DropColumn(
                name: "minutes_by",
                table: "meetings");

            migrationBuilder.DropColumn(
                name: "moves",
                table: "meetings");

            migrationBuilder.DropColumn(
                name: "inspection_id",
                table: "attachments");
        }
    }
}
