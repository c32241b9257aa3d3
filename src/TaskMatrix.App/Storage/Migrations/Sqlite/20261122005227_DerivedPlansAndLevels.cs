using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace TaskMatrix.App.Storage.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class DerivedPlansAndLevels : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
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

            migrationBuilder.CreateIndex(
                name: "IX_jurisdictions_parent_parent_unit",
                table: "jurisdictions",
                columns: new[] { "parent", "parent_unit" },
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
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "response_changes");

            migrationBuilder.DropTable(
                name: "response_terminations");

            migrationBuilder.DropIndex(
                name: "IX_jurisdictions_parent_parent_unit",
                table: "jurisdictions");

            migrationBuilder.DropColumn(
                name: "added",
                table: "units");

            migrationBuilder.DropColumn(
                name: "closed_at",
                table: "units");

            migrationBuilder.DropColumn(
                name: "parent_task",
                table: "tasks");

            migrationBuilder.DropColumn(
                name: "passed_down",
                table: "tasks");

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
        }
    }
}
