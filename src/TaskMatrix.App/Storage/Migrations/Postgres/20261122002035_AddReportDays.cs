using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace TaskMatrix.App.Storage.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class AddReportDays : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<long>(
                name: "corrected_at",
                table: "tasks",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "corrections",
                table: "tasks",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<string>(
                name: "day",
                table: "tasks",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "pending_correction",
                table: "tasks",
                type: "text",
                nullable: true);

            // An occurrence begins with its local date.
            migrationBuilder.Sql("UPDATE tasks SET day = substr(occurrence, 1, 10) WHERE occurrence LIKE '____-__-__%'");

            migrationBuilder.CreateIndex(
                name: "IX_tasks_jurisdiction_form_day",
                table: "tasks",
                columns: new[] { "jurisdiction", "form", "day" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_tasks_jurisdiction_form_day",
                table: "tasks");

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
                name: "pending_correction",
                table: "tasks");
        }
    }
}
