using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace TaskMatrix.App.Storage.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class ReportsEventsAndMeetings : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_raised_events_jurisdiction_raised_at",
                table: "raised_events");

            migrationBuilder.AddColumn<bool>(
                name: "added",
                table: "units",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<long>(
                name: "closed_at",
                table: "units",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "corrected_at",
                table: "tasks",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "corrections",
                table: "tasks",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<string>(
                name: "day",
                table: "tasks",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "parent_task",
                table: "tasks",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "passed_down",
                table: "tasks",
                type: "TEXT",
                nullable: false,
                defaultValueSql: "'[]'");

            migrationBuilder.AddColumn<string>(
                name: "pending_correction",
                table: "tasks",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "urgent",
                table: "tasks",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<long>(
                name: "awaits_reading_since",
                table: "task_units",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "key",
                table: "raised_events",
                type: "TEXT",
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<string>(
                name: "not_started",
                table: "raised_events",
                type: "TEXT",
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<string>(
                name: "raised_by_post",
                table: "raised_events",
                type: "TEXT",
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<bool>(
                name: "urgent",
                table: "raised_events",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<int>(
                name: "level",
                table: "plans",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "parent_plan",
                table: "plans",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "parent",
                table: "jurisdictions",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "parent_unit",
                table: "jurisdictions",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "meeting_id",
                table: "attachments",
                type: "TEXT",
                nullable: true);

            // Rows from before: events named as their tasks name them, closed reports still to be read by whom they were for,
            // and each occurrence with its day.
            migrationBuilder.Sql("UPDATE raised_events SET key = lower(id), not_started = '[]'");
            migrationBuilder.Sql(
                "UPDATE task_units SET awaits_reading_since = (SELECT closed_at FROM tasks WHERE tasks.id = task_units.task_id) " +
                "WHERE part = 'reads' AND EXISTS (SELECT 1 FROM tasks WHERE tasks.id = task_units.task_id AND tasks.state = 'Closed')");
            migrationBuilder.Sql("UPDATE tasks SET day = substr(occurrence, 1, 10) WHERE occurrence LIKE '____-__-__%'");

            migrationBuilder.CreateTable(
                name: "instructions",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    key = table.Column<string>(type: "TEXT", nullable: false),
                    jurisdiction = table.Column<string>(type: "TEXT", nullable: false),
                    number = table.Column<string>(type: "TEXT", nullable: false),
                    title = table.Column<string>(type: "TEXT", nullable: false),
                    text = table.Column<string>(type: "TEXT", nullable: false),
                    issued_by = table.Column<string>(type: "TEXT", nullable: false),
                    registered_by = table.Column<string>(type: "TEXT", nullable: true),
                    issued_at = table.Column<long>(type: "INTEGER", nullable: false),
                    due_at = table.Column<long>(type: "INTEGER", nullable: true),
                    reference = table.Column<string>(type: "TEXT", nullable: true),
                    state = table.Column<string>(type: "TEXT", nullable: false),
                    closed_at = table.Column<long>(type: "INTEGER", nullable: true),
                    closing_text = table.Column<string>(type: "TEXT", nullable: true),
                    feedback = table.Column<string>(type: "TEXT", nullable: false),
                    event_key = table.Column<string>(type: "TEXT", nullable: false),
                    version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_instructions", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "meetings",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    key = table.Column<string>(type: "TEXT", nullable: false),
                    jurisdiction = table.Column<string>(type: "TEXT", nullable: false),
                    number = table.Column<string>(type: "TEXT", nullable: false),
                    title = table.Column<string>(type: "TEXT", nullable: false),
                    agenda = table.Column<string>(type: "TEXT", nullable: false),
                    proposed_by = table.Column<string>(type: "TEXT", nullable: false),
                    proposed_by_unit = table.Column<string>(type: "TEXT", nullable: false),
                    proposed_at = table.Column<long>(type: "INTEGER", nullable: false),
                    wished_at = table.Column<long>(type: "INTEGER", nullable: true),
                    state = table.Column<string>(type: "TEXT", nullable: false),
                    called_at = table.Column<long>(type: "INTEGER", nullable: true),
                    starts_at = table.Column<long>(type: "INTEGER", nullable: true),
                    place = table.Column<string>(type: "TEXT", nullable: true),
                    invitees = table.Column<string>(type: "TEXT", nullable: false),
                    units = table.Column<string>(type: "TEXT", nullable: false),
                    event_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    reason = table.Column<string>(type: "TEXT", nullable: true),
                    minutes = table.Column<string>(type: "TEXT", nullable: true),
                    attendees = table.Column<string>(type: "TEXT", nullable: false),
                    attachment_ids = table.Column<string>(type: "TEXT", nullable: false),
                    decisions = table.Column<string>(type: "TEXT", nullable: false),
                    held_at = table.Column<long>(type: "INTEGER", nullable: true),
                    closed_at = table.Column<long>(type: "INTEGER", nullable: true),
                    version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_meetings", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "register_lines",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    jurisdiction = table.Column<string>(type: "TEXT", nullable: false),
                    duty = table.Column<string>(type: "TEXT", nullable: false),
                    unit = table.Column<string>(type: "TEXT", nullable: false),
                    code = table.Column<string>(type: "TEXT", nullable: false),
                    values = table.Column<string>(type: "TEXT", nullable: false),
                    place = table.Column<string>(type: "TEXT", nullable: true),
                    words = table.Column<string>(type: "TEXT", nullable: false),
                    added_at = table.Column<long>(type: "INTEGER", nullable: false),
                    added_by = table.Column<string>(type: "TEXT", nullable: false),
                    struck_at = table.Column<long>(type: "INTEGER", nullable: true),
                    struck_by = table.Column<string>(type: "TEXT", nullable: true),
                    strike_reason = table.Column<string>(type: "TEXT", nullable: true),
                    version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_register_lines", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "register_results",
                columns: table => new
                {
                    line_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    day = table.Column<string>(type: "TEXT", nullable: false),
                    result = table.Column<string>(type: "TEXT", nullable: false),
                    note = table.Column<string>(type: "TEXT", nullable: true),
                    recorded_at = table.Column<long>(type: "INTEGER", nullable: false),
                    recorded_by = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_register_results", x => new { x.line_id, x.day });
                });

            migrationBuilder.CreateTable(
                name: "response_changes",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    plan = table.Column<string>(type: "TEXT", nullable: false),
                    ordinal = table.Column<int>(type: "INTEGER", nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false),
                    kind = table.Column<string>(type: "TEXT", nullable: false),
                    from_level = table.Column<int>(type: "INTEGER", nullable: true),
                    to_level = table.Column<int>(type: "INTEGER", nullable: true),
                    reason = table.Column<string>(type: "TEXT", nullable: true),
                    reference = table.Column<string>(type: "TEXT", nullable: true),
                    by = table.Column<string>(type: "TEXT", nullable: false),
                    by_post = table.Column<string>(type: "TEXT", nullable: false),
                    duties_started = table.Column<string>(type: "TEXT", nullable: false),
                    duties_stopped = table.Column<string>(type: "TEXT", nullable: false),
                    terminated = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_response_changes", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "response_terminations",
                columns: table => new
                {
                    task_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    change_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    plan = table.Column<string>(type: "TEXT", nullable: false),
                    number = table.Column<string>(type: "TEXT", nullable: false),
                    unit = table.Column<string>(type: "TEXT", nullable: false),
                    state_before = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_response_terminations", x => x.task_id);
                });

            migrationBuilder.CreateTable(
                name: "watch_shifts",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    jurisdiction = table.Column<string>(type: "TEXT", nullable: false),
                    unit = table.Column<string>(type: "TEXT", nullable: false),
                    name = table.Column<string>(type: "TEXT", nullable: false),
                    starts_at = table.Column<long>(type: "INTEGER", nullable: false),
                    ends_at = table.Column<long>(type: "INTEGER", nullable: false),
                    post = table.Column<string>(type: "TEXT", nullable: false),
                    phone = table.Column<string>(type: "TEXT", nullable: true),
                    added_at = table.Column<long>(type: "INTEGER", nullable: false),
                    added_by = table.Column<string>(type: "TEXT", nullable: false),
                    handed_over_at = table.Column<long>(type: "INTEGER", nullable: true),
                    handed_over_by = table.Column<string>(type: "TEXT", nullable: true),
                    hand_over_note = table.Column<string>(type: "TEXT", nullable: true),
                    hand_over_problems = table.Column<string>(type: "TEXT", nullable: true),
                    cancelled_at = table.Column<long>(type: "INTEGER", nullable: true),
                    cancelled_by = table.Column<string>(type: "TEXT", nullable: true),
                    cancel_reason = table.Column<string>(type: "TEXT", nullable: true),
                    version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_watch_shifts", x => x.id);
                });

            migrationBuilder.CreateIndex(
                name: "IX_tasks_jurisdiction_form_day",
                table: "tasks",
                columns: new[] { "jurisdiction", "form", "day" });

            migrationBuilder.CreateIndex(
                name: "IX_tasks_source_reference",
                table: "tasks",
                column: "source_reference");

            migrationBuilder.CreateIndex(
                name: "IX_tasks_urgent",
                table: "tasks",
                columns: new[] { "jurisdiction", "state", "due_sort", "number", "urgent" },
                filter: "urgent");

            migrationBuilder.CreateIndex(
                name: "IX_task_units_to_read",
                table: "task_units",
                columns: new[] { "jurisdiction", "unit", "awaits_reading_since", "task_id" },
                filter: "awaits_reading_since IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_task_units_to_read_anywhere",
                table: "task_units",
                columns: new[] { "jurisdiction", "awaits_reading_since", "task_id", "unit" },
                filter: "awaits_reading_since IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_raised_events_jurisdiction_kind_raised_at_key",
                table: "raised_events",
                columns: new[] { "jurisdiction", "kind", "raised_at", "key" });

            migrationBuilder.CreateIndex(
                name: "IX_raised_events_jurisdiction_raised_at_key",
                table: "raised_events",
                columns: new[] { "jurisdiction", "raised_at", "key" });

            migrationBuilder.CreateIndex(
                name: "IX_raised_events_key",
                table: "raised_events",
                column: "key",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_jurisdictions_parent_parent_unit",
                table: "jurisdictions",
                columns: new[] { "parent", "parent_unit" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_attachments_meeting_id",
                table: "attachments",
                column: "meeting_id");

            migrationBuilder.CreateIndex(
                name: "IX_instructions_jurisdiction_issued_at_key",
                table: "instructions",
                columns: new[] { "jurisdiction", "issued_at", "key" });

            migrationBuilder.CreateIndex(
                name: "IX_instructions_jurisdiction_number",
                table: "instructions",
                columns: new[] { "jurisdiction", "number" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_instructions_jurisdiction_state_issued_at_key",
                table: "instructions",
                columns: new[] { "jurisdiction", "state", "issued_at", "key" });

            migrationBuilder.CreateIndex(
                name: "IX_instructions_key",
                table: "instructions",
                column: "key",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_meetings_jurisdiction_number",
                table: "meetings",
                columns: new[] { "jurisdiction", "number" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_meetings_jurisdiction_proposed_at_key",
                table: "meetings",
                columns: new[] { "jurisdiction", "proposed_at", "key" });

            migrationBuilder.CreateIndex(
                name: "IX_meetings_jurisdiction_state_proposed_at_key",
                table: "meetings",
                columns: new[] { "jurisdiction", "state", "proposed_at", "key" });

            migrationBuilder.CreateIndex(
                name: "IX_meetings_key",
                table: "meetings",
                column: "key",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_register_lines_duty_unit_code",
                table: "register_lines",
                columns: new[] { "duty", "unit", "code" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_response_changes_plan_ordinal",
                table: "response_changes",
                columns: new[] { "plan", "ordinal" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_response_terminations_plan_number",
                table: "response_terminations",
                columns: new[] { "plan", "number" });

            migrationBuilder.CreateIndex(
                name: "IX_response_terminations_plan_unit_number",
                table: "response_terminations",
                columns: new[] { "plan", "unit", "number" });

            migrationBuilder.CreateIndex(
                name: "IX_watch_shifts_jurisdiction_starts_at_id",
                table: "watch_shifts",
                columns: new[] { "jurisdiction", "starts_at", "id" });

            migrationBuilder.CreateIndex(
                name: "IX_watch_shifts_jurisdiction_unit_starts_at_id",
                table: "watch_shifts",
                columns: new[] { "jurisdiction", "unit", "starts_at", "id" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "instructions");

            migrationBuilder.DropTable(
                name: "meetings");

            migrationBuilder.DropTable(
                name: "register_lines");

            migrationBuilder.DropTable(
                name: "register_results");

            migrationBuilder.DropTable(
                name: "response_changes");

            migrationBuilder.DropTable(
                name: "response_terminations");

            migrationBuilder.DropTable(
                name: "watch_shifts");

            migrationBuilder.DropIndex(
                name: "IX_tasks_jurisdiction_form_day",
                table: "tasks");

            migrationBuilder.DropIndex(
                name: "IX_tasks_source_reference",
                table: "tasks");

            migrationBuilder.DropIndex(
                name: "IX_tasks_urgent",
                table: "tasks");

            migrationBuilder.DropIndex(
                name: "IX_task_units_to_read",
                table: "task_units");

            migrationBuilder.DropIndex(
                name: "IX_task_units_to_read_anywhere",
                table: "task_units");

            migrationBuilder.DropIndex(
                name: "IX_raised_events_jurisdiction_kind_raised_at_key",
                table: "raised_events");

            migrationBuilder.DropIndex(
                name: "IX_raised_events_jurisdiction_raised_at_key",
                table: "raised_events");

            migrationBuilder.DropIndex(
                name: "IX_raised_events_key",
                table: "raised_events");

            migrationBuilder.DropIndex(
                name: "IX_jurisdictions_parent_parent_unit",
                table: "jurisdictions");

            migrationBuilder.DropIndex(
                name: "IX_attachments_meeting_id",
                table: "attachments");

            migrationBuilder.DropColumn(
                name: "added",
                table: "units");

            migrationBuilder.DropColumn(
                name: "closed_at",
                table: "units");

            migrationBuilder.DropColumn(
                name: "corrected_at",
                table: "tasks");

            migrationBuilder.DropColumn(
                name: "corrections",
                table: "tasks");

            migrationBuilder.DropColumn(
                name: "day",
                table: "tasks");

            migrationBuilder.DropColumn(
                name: "parent_task",
                table: "tasks");

            migrationBuilder.DropColumn(
                name: "passed_down",
                table: "tasks");

            migrationBuilder.DropColumn(
                name: "pending_correction",
                table: "tasks");

            migrationBuilder.DropColumn(
                name: "urgent",
                table: "tasks");

            migrationBuilder.DropColumn(
                name: "awaits_reading_since",
                table: "task_units");

            migrationBuilder.DropColumn(
                name: "key",
                table: "raised_events");

            migrationBuilder.DropColumn(
                name: "not_started",
                table: "raised_events");

            migrationBuilder.DropColumn(
                name: "raised_by_post",
                table: "raised_events");

            migrationBuilder.DropColumn(
                name: "urgent",
                table: "raised_events");

            migrationBuilder.DropColumn(
                name: "level",
                table: "plans");

            migrationBuilder.DropColumn(
                name: "parent_plan",
                table: "plans");

            migrationBuilder.DropColumn(
                name: "parent",
                table: "jurisdictions");

            migrationBuilder.DropColumn(
                name: "parent_unit",
                table: "jurisdictions");

            migrationBuilder.DropColumn(
                name: "meeting_id",
                table: "attachments");

            migrationBuilder.CreateIndex(
                name: "IX_raised_events_jurisdiction_raised_at",
                table: "raised_events",
                columns: new[] { "jurisdiction", "raised_at" });
        }
    }
}
