using Microsoft.EntityFrameworkCore.Migrations;

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
                nullable: true);

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

            // What is there already: what is not finished is live, and what is finished is counted.
            migrationBuilder.Sql("UPDATE tasks SET live_due = due_sort WHERE state NOT IN ('Closed', 'NotApplicable', 'Terminated');");
            migrationBuilder.Sql(
                """
                INSERT INTO task_tallies (jurisdiction, unit, part, plan, duty, lead_unit, state, light, count)
                SELECT tasks.jurisdiction, task_units.unit, task_units.part, COALESCE(tasks.plan, ''), COALESCE(tasks.duty, ''), tasks.lead_unit, tasks.state,
                    CASE WHEN COALESCE(tasks.ack_breached_at, tasks.overdue_since, tasks.missed_at) IS NOT NULL THEN 'Red' WHEN tasks.state = 'Closed' THEN 'Green' ELSE 'Grey' END,
                    COUNT(*)
                FROM tasks JOIN task_units ON task_units.task_id = tasks.id
                WHERE tasks.state IN ('Closed', 'NotApplicable', 'Terminated')
                GROUP BY 1, 2, 3, 4, 5, 6, 7, 8;
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
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
