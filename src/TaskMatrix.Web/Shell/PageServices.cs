using Microsoft.AspNetCore.ResponseCompression;
using TaskMatrix.Web.Audit;
using TaskMatrix.Web.Duties;
using TaskMatrix.Web.Inspections;
using TaskMatrix.Web.Organisations;
using TaskMatrix.Web.Reports;
using TaskMatrix.Web.Statistics;
using TaskMatrix.Web.TaskInstances;
using TaskMatrix.Web.Workflows;

namespace TaskMatrix.Web.Shell;

internal static class PageServices
{
    /// <summary>What the pages need; the routes come with <see cref="PageRoutes.MapPages"/>.</summary>
    public static IServiceCollection AddPages(this IServiceCollection services)
    {
        services.AddSingleton<Texts>().AddSingleton<PageAssets>().AddSingleton<Flash>();
        services.AddScoped<Visit>().AddScoped<TimeWords>().AddScoped<ScheduleWords>().AddSingleton<DefinitionWords>().AddScoped<ProblemWords>().AddScoped<FormMemory>().AddScoped<FormPost>().AddScoped<FormDrafts>();
        services.AddScoped<OrganisationPages.Change>().AddScoped<TaskPageReader>().AddScoped<PostedFiles>().AddScoped<DailyBulletin>().AddScoped<DossierDownload>().AddScoped<OrderNotice>();
        services.AddScoped<PlaceWords>().AddScoped<LedgerFile>().AddScoped<ClosingNotice>().AddScoped<MatrixFile>().AddScoped<StatisticsFile>().AddScoped<ArchiveDownload>();
        services.AddSingleton<TaskStream>().AddHostedService(provider => provider.GetRequiredService<TaskStream>());
        services.AddSingleton<IStartupFilter, BeforeAll>();

        // Only files that hold no secret: a compressed page would tell its length to whoever can make it echo something.
        return services.AddResponseCompression(compression =>
            (compression.EnableForHttps, compression.MimeTypes) = (true, ["text/css", "text/javascript", "application/javascript"]))
            .Configure<BrotliCompressionProviderOptions>(brotli => brotli.Level = System.IO.Compression.CompressionLevel.Optimal);
    }

    /// <summary>Language, headers and compression hold for every answer, so they come before all else.</summary>
    private sealed class BeforeAll : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.UseMiddleware<SecurityHeaders>();
            app.UseMiddleware<RequestLanguage>();
            app.UseResponseCompression();
            next(app);
        };
    }
}
