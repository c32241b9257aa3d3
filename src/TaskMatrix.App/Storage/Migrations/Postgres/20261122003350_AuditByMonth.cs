using Microsoft.EntityFrameworkCore.Migrations;
using TaskMatrix.App.Audit;

#nullable disable

namespace TaskMatrix.App.Storage.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class AuditByMonth : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(AuditPartitions.Up);

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(AuditPartitions.Down);
    }
}
