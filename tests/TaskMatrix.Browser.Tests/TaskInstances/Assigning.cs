using System.Globalization;
using TaskMatrix.Browser.Tests.Shell;

namespace TaskMatrix.Browser.Tests.TaskInstances;

/// <summary>交办 on the page, as every journey begins with it.</summary>
internal static class Assigning
{
    /// <param name="hours">Until it is due, by the clock of the exercise.</param>
    /// <returns>Path of the task.</returns>
    public static async Task<string> Assign(this Person office, string title, string unit, string? description = null, double hours = 72)
    {
        await office.Go("/tasks/new");
        await office.Page.FillAsync("form.form-page [name=title]", title);
        await office.ChooseUnit(unit);
        await office.Page.FillAsync("form.form-page [name=description]", description ?? "");
        var now = DateTimeOffset.Parse((await office.Page.GetAttributeAsync(".exercise time", "datetime"))!, CultureInfo.InvariantCulture).ToOffset(TimeSpan.FromHours(8));
        await office.Page.FillAsync("form.form-page [name=dueAt]", now.AddHours(hours).ToString("yyyy-MM-dd'T'HH:mm", CultureInfo.InvariantCulture));
        if (!await office.Page.IsVisibleAsync("[name=ackWithin]"))
        {
            await office.Page.ClickAsync("details.action summary");
        }

        await office.Page.SelectOptionAsync("[name=ackWithin]", "PT2H");
        await office.Page.ClickAsync("form.form-page .buttons .btn-primary");
        await office.Page.WaitForSelectorAsync(".task-head");
        return office.Here;
    }

    /// <summary>By its id, which is one of its names.</summary>
    public static Task ChooseUnit(this Person office, string unit) => office.Page.FillAsync("form.form-page [name=leadUnit]", unit);
}
