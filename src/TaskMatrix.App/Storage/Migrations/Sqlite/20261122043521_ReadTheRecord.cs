using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace TaskMatrix.App.Storage.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class ReadTheRecord : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateIndex(
                name: "IX_tasks_jurisdiction_issued_at",
                table: "tasks",
                columns: new[] { "jurisdiction", "issued_at" });

            migrationBuilder.CreateIndex(
                name: "IX_audit_jurisdiction_action_at",
                table: "audit",
                columns: new[] { "jurisdiction", "action", "at" });

            migrationBuilder.CreateIndex(
                name: "IX_audit_jurisdiction_actor_at",
                table: "audit",
                columns: new[] { "jurisdiction", "actor", "at" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_tasks_jurisdiction_issued_at",
                table: "tasks");

            migrationBuilder.DropIndex(
                name: "IX_audit_jurisdiction_action_at",
                table: "audit");

            migrationBuilder.DropIndex(
                name: "IX_audit_jurisdiction_actor_at",
                table: "audit");
        }
    }
}
