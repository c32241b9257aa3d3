using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace TaskMatrix.App.Storage.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class Inspections : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<Guid>(
                name: "inspection_id",
                table: "attachments",
                type: "uuid",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "inspection_rounds",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    key = table.Column<string>(type: "text", nullable: false),
                    jurisdiction = table.Column<string>(type: "text", nullable: false),
                    number = table.Column<string>(type: "text", nullable: false),
                    kind = table.Column<string>(type: "text", nullable: false),
                    title = table.Column<string>(type: "text", nullable: false),
                    reason = table.Column<string>(type: "text", nullable: false),
                    from = table.Column<long>(type: "bigint", nullable: false),
                    until = table.Column<long>(type: "bigint", nullable: true),
                    team = table.Column<string>(type: "text", nullable: false),
                    team_names = table.Column<string>(type: "text", nullable: false),
                    planned_by = table.Column<string>(type: "text", nullable: false),
                    planned_at = table.Column<long>(type: "bigint", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_inspection_rounds", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "inspection_tasks",
                columns: table => new
                {
                    inspection_id = table.Column<Guid>(type: "uuid", nullable: false),
                    task_id = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_inspection_tasks", x => new { x.inspection_id, x.task_id });
                });

            migrationBuilder.CreateTable(
                name: "inspections",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false),
                    key = table.Column<string>(type: "text", nullable: false),
                    jurisdiction = table.Column<string>(type: "text", nullable: false),
                    number = table.Column<string>(type: "text", nullable: false),
                    kind = table.Column<string>(type: "text", nullable: false),
                    unit = table.Column<string>(type: "text", nullable: false),
                    state = table.Column<string>(type: "text", nullable: false),
                    reason = table.Column<string>(type: "text", nullable: false),
                    task_ids = table.Column<string>(type: "text", nullable: false),
                    round_id = table.Column<Guid>(type: "uuid", nullable: true),
                    team = table.Column<string>(type: "text", nullable: true),
                    team_names = table.Column<string>(type: "text", nullable: false),
                    opened_at = table.Column<long>(type: "bigint", nullable: false),
                    opened_by = table.Column<string>(type: "text", nullable: false),
                    orders = table.Column<string>(type: "text", nullable: false),
                    answer_by = table.Column<long>(type: "bigint", nullable: true),
                    explanations = table.Column<string>(type: "text", nullable: false),
                    finding = table.Column<string>(type: "text", nullable: true),
                    finding_text = table.Column<string>(type: "text", nullable: true),
                    found_at = table.Column<long>(type: "bigint", nullable: true),
                    found_by = table.Column<string>(type: "text", nullable: true),
                    rectifications = table.Column<string>(type: "text", nullable: false),
                    rechecks = table.Column<string>(type: "text", nullable: false),
                    measure = table.Column<string>(type: "text", nullable: true),
                    measure_text = table.Column<string>(type: "text", nullable: true),
                    measure_proposed_at = table.Column<long>(type: "bigint", nullable: true),
                    measure_approved = table.Column<bool>(type: "boolean", nullable: true),
                    measure_opinion = table.Column<string>(type: "text", nullable: true),
                    measure_decided_at = table.Column<long>(type: "bigint", nullable: true),
                    measure_decided_by = table.Column<string>(type: "text", nullable: true),
                    closed_at = table.Column<long>(type: "bigint", nullable: true),
                    closing_text = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_inspections", x => x.id);
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
                name: "IX_tasks_submitted",
                table: "tasks",
                columns: new[] { "jurisdiction", "submitted_at", "lead_unit", "duty" },
                filter: "submitted_at IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_attachments_inspection_id",
                table: "attachments",
                column: "inspection_id");

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
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "inspection_rounds");

            migrationBuilder.DropTable(
                name: "inspection_tasks");

            migrationBuilder.DropTable(
                name: "inspections");

            migrationBuilder.DropIndex(
                name: "IX_tasks_ack_breached",
                table: "tasks");

            migrationBuilder.DropIndex(
                name: "IX_tasks_breached",
                table: "tasks");

            migrationBuilder.DropIndex(
                name: "IX_tasks_submitted",
                table: "tasks");

            migrationBuilder.DropIndex(
                name: "IX_attachments_inspection_id",
                table: "attachments");

            migrationBuilder.DropColumn(
                name: "inspection_id",
                table: "attachments");
        }
    }
}
