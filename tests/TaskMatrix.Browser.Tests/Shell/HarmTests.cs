using System.Text.Json;
using TaskMatrix.Browser.Tests.TaskInstances;

namespace TaskMatrix.Browser.Tests.Shell;

/// <summary>Markup, overrides of the writing direction and words without an end, as a browser shows them: nothing runs, nothing is pushed out, nothing beside them turns round.</summary>
[Collection(RunningProgramCollection.Name)]
public sealed class HarmTests(RunningProgram program)
{
    private const string Turn = "\u202E\u2067";

    private const string Markup = "\"><svg onload=\"window.harmed=1\"></svg><img src=x onerror=\"window.harmed=1\"><script>window.harmed=1</script>\u200B";

    /// <summary>
    /// A text with an override that has not ended turns all that follows it up to the end of what isolates it. So there must be
    /// nothing else after it there.
    /// </summary>
    private const string Turned =
        """
        () => {
          const found = [], walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
          for (let node = walk.nextNode(); node; node = walk.nextNode()) {
            if (!node.data.includes('\u202E') || ['SCRIPT', 'TEXTAREA', 'OPTION'].includes(node.parentElement.tagName)) continue;
            let box = node.parentElement;
            while (!/isolate|plaintext/.test(getComputedStyle(box).unicodeBidi) && getComputedStyle(box).display === 'inline') box = box.parentElement;
            for (let at = node; at !== box; at = at.parentElement) {
              for (let next = at.nextSibling; next; next = next.nextSibling) {
                const beside = next.nodeType === Node.TEXT_NODE || (next.nodeType === Node.ELEMENT_NODE && getComputedStyle(next).display.startsWith('inline'));
                if (beside && next.textContent.trim()) found.push(`${box.tagName}.${box.className}: ${next.textContent.trim().slice(0, 40)}`);
              }
            }
          }
          return JSON.stringify([...new Set(found)]);
        }
        """;

    [Theory]
    [InlineData("无空格", "x")]
    [InlineData("汉字", "长")]
    public async Task Harmful_words_leave_the_pages_whole_on_a_phone(string name, string endless)
    {
        var looking = new Looking(true, true, "zh-CN");
        var (title, words) = (Turn + Markup + string.Concat(Enumerable.Repeat(endless, 300)), Turn + Markup + string.Concat(Enumerable.Repeat(endless, 4700)));
        await using var office = await Person.SignIn(program, looking, "taiping.office");
        var task = await office.Assign(title, "education", words, hours: 2);
        await using var liaison = await Person.SignIn(program, looking, "taiping.education");
        await liaison.Go(task);
        await liaison.Send(task + "/acknowledge");
        await liaison.Send(task + "/submit", ("text", words));
        await liaison.Go("/meetings");
        var meeting = await liaison.Send("/meetings", ("title", title), ("agenda", words));
        await liaison.Go("/events/new?kind=suspected-case");
        await liaison.Page.FillAsync("[name=summary]", words);
        await liaison.Page.ClickAsync("form[action='/events/new'] button[type=submit]");
        await liaison.Page.WaitForURLAsync("**/events/*-*");
        var raised = liaison.Here;
        await using var leader = await Person.SignIn(program, looking, "taiping.leader");
        await leader.Go("/instructions");
        var instruction = await leader.Send("/instructions", ("title", title), ("text", words));

        var faults = new List<string>();
        foreach (var (person, path) in new[]
        {
            (office, task), (office, "/"), (office, "/tasks"), (office, "/tasks/calendar"), (office, raised), (office, "/events"), (office, meeting), (office, "/meetings"), (office, instruction),
            (office, "/instructions"), (leader, "/situation"), (office, "/search?q=svg"), (liaison, "/notifications"), (office, "/notifications"), (liaison, "/"), (office, "/search?q=" + Uri.EscapeDataString(title[..90])),
        })
        {
            await person.Go(path);
            faults.AddRange((await Faults(person)).Select(fault => $"{path}: {fault}"));
        }

        Assert.True(faults.Count == 0, name + "\n" + string.Join('\n', faults));
        Assert.Empty(office.Faults.Concat(liaison.Faults).Concat(leader.Faults));
    }

    private static async Task<IReadOnlyList<string>> Faults(Person person)
    {
        var faults = new List<string>(JsonSerializer.Deserialize<string[]>(await person.Page.EvaluateAsync<string>(Turned))!);
        if (await person.Page.EvaluateAsync<bool>("() => 'harmed' in window || !!document.querySelector('svg[onload], img[onerror]')"))
        {
            faults.Add("something ran");
        }

        if (!await person.FitsTheScreen())
        {
            faults.Add("is wider than the screen");
        }

        return faults;
    }
}
