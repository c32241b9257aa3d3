using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace TaskMatrix.App.Storage.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class LeanTaskIndexes : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateIndex(
                name: "IX_tasks_late",
                table: "tasks",
                columns: new[] { "jurisdiction", "late_from", "number" },
                filter: "late_from IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_tasks_of_form",
                table: "tasks",
                columns: new[] { "jurisdiction", "form", "day" },
                filter: "form IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_tasks_of_plan",
                table: "tasks",
                columns: new[] { "plan", "duty", "lead_unit" },
                filter: "plan IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_tasks_of_run",
                table: "tasks",
                column: "run",
                filter: "run IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_tasks_of_source",
                table: "tasks",
                column: "source_reference",
                filter: "source_reference IS NOT NULL");

            migrationBuilder.DropIndex(
                name: "IX_tasks_jurisdiction_form_day",
                table: "tasks");

            migrationBuilder.DropIndex(
                name: "IX_tasks_jurisdiction_late_from_number",
                table: "tasks");

            migrationBuilder.DropIndex(
                name: "IX_tasks_plan_duty_lead_unit",
                table: "tasks");

            migrationBuilder.DropIndex(
                name: "IX_tasks_run",
                table: "tasks");

            migrationBuilder.DropIndex(
                name: "IX_tasks_source_reference",
                table: "tasks");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_tasks_late",
                table: "tasks");

            migrationBuilder.DropIndex(
                name: "IX_tasks_of_form",
                table: "tasks");

            migrationBuilder.DropIndex(
                name: "IX_tasks_of_plan",
                table: "tasks");

            migrationBuilder.DropIndex(
                name: "IX_tasks_of_run",
                table: "tasks");

            migrationBuilder.DropIndex(
                name: "IX_tasks_of_source",
                table: "tasks");

            migrationBuilder.CreateIndex(
                name: "IX_tasks_jurisdiction_form_day",
                table: "tasks",
                columns: new[] { "jurisdiction", "form", "day" });

            migrationBuilder.CreateIndex(
                name: "IX_tasks_jurisdiction_late_from_number",
                table: "tasks",
                columns: new[] { "jurisdiction", "late_from", "number" });

            migrationBuilder.CreateIndex(
                name: "IX_tasks_plan_duty_lead_unit",
                table: "tasks",
                columns: new[] { "plan", "duty", "lead_unit" });

            migrationBuilder.CreateIndex(
                name: "IX_tasks_run",
                table: "tasks",
                column: "run");

            migrationBuilder.CreateIndex(
                name: "IX_tasks_source_reference",
                table: "tasks",
                column: "source_reference");
        }
    }
}
