using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace TaskMatrix.App.Storage.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class AddEventsAndMeetings : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_raised_events_jurisdiction_raised_at",
                table: "raised_events");

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

            migrationBuilder.AddColumn<Guid>(
                name: "meeting_id",
                table: "attachments",
                type: "TEXT",
                nullable: true);

            // Events and closings from before: named as their tasks name them, and still to be read by whom they were for.
            migrationBuilder.Sql("UPDATE raised_events SET key = lower(id), not_started = '[]'");
            migrationBuilder.Sql(
                "UPDATE task_units SET awaits_reading_since = (SELECT closed_at FROM tasks WHERE tasks.id = task_units.task_id) " +
                "WHERE part = 'reads' AND EXISTS (SELECT 1 FROM tasks WHERE tasks.id = task_units.task_id AND tasks.state = 'Closed')");

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
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "instructions");

            migrationBuilder.DropTable(
                name: "meetings");

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
                name: "IX_attachments_meeting_id",
                table: "attachments");

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
                name: "meeting_id",
                table: "attachments");

            migrationBuilder.CreateIndex(
                name: "IX_raised_events_jurisdiction_raised_at",
                table: "raised_events",
                columns: new[] { "jurisdiction", "raised_at" });
        }
    }
}
