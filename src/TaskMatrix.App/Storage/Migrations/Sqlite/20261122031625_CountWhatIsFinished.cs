using Microsoft.EntityFrameworkCore.Migrations;
using TaskMatrix.App.TaskInstances;

#nullable disable

namespace TaskMatrix.App.Storage.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class CountWhatIsFinished : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<long>(
                name: "live_due",
                table: "tasks",
                type: "INTEGER",
                nullable: true,
                computedColumnSql: "CASE WHEN state NOT IN ('Closed', 'NotApplicable', 'Terminated') THEN due_sort END",
                stored: false);

            migrationBuilder.CreateTable(
                name: "task_tallies",
                columns: table => new
                {
                    jurisdiction = table.Column<string>(type: "TEXT", nullable: false),
                    unit = table.Column<string>(type: "TEXT", nullable: false),
                    part = table.Column<string>(type: "TEXT", nullable: false),
                    plan = table.Column<string>(type: "TEXT", nullable: false),
                    duty = table.Column<string>(type: "TEXT", nullable: false),
                    lead_unit = table.Column<string>(type: "TEXT", nullable: false),
                    state = table.Column<string>(type: "TEXT", nullable: false),
                    light = table.Column<string>(type: "TEXT", nullable: false),
                    count = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_task_tallies", x => new { x.jurisdiction, x.unit, x.part, x.plan, x.duty, x.lead_unit, x.state, x.light });
                });

            migrationBuilder.CreateIndex(
                name: "IX_tasks_jurisdiction_live_due_number",
                table: "tasks",
                columns: new[] { "jurisdiction", "live_due", "number" },
                filter: "live_due IS NOT NULL");

            // What is finished already is counted once, what will be by triggers.
            migrationBuilder.Sql(TallyTriggers.Fill);
            foreach (var sql in TallyTriggers.Sqlite)
            {
                migrationBuilder.Sql(sql);
            }
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            foreach (var sql in TallyTriggers.SqliteDown)
            {
                migrationBuilder.Sql(sql);
            }

            migrationBuilder.DropTable(
                name: "task_tallies");

            migrationBuilder.DropIndex(
                name: "IX_tasks_jurisdiction_live_due_number",
                table: "tasks");

            migrationBuilder.DropColumn(
                name: "live_due",
                table: "tasks");
        }
    }
}
