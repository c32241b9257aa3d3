using TaskMatrix.App.Workflows;

namespace TaskMatrix.App.Tests.Workflows;

public sealed class DamagedFileTests
{
    private const string Junk = ":-{}[]\"'#&*!|>%@`,? \n\t\0\\0xé疫~=<";

    private static int Times => int.TryParse(Environment.GetEnvironmentVariable("TASKMATRIX_DAMAGE"), out var times) ? times : 15;

    /// <summary>Random, but the same on every run. More rounds: TASKMATRIX_DAMAGE=500.</summary>
    [Fact]
    public void However_a_file_is_damaged_the_answer_is_a_list_of_problems()
    {
        var random = new Random(20200123);
        foreach (var file in Shipped.Files.Where(file => !file.Id.StartsWith("seed.", StringComparison.Ordinal)))
        {
            for (var i = 0; i < Times; i++)
            {
                var damaged = Damage(file.Text, random);
                var fault = Record.Exception(() => DefinitionLoader.Check(Shipped.Set, file.Id, damaged));
                Assert.True(fault is null, $"{file.Path}: {fault}");
            }
        }
    }

    private static string Damage(string text, Random random)
    {
        for (var i = random.Next(1, 4); i > 0; i--)
        {
            var at = random.Next(text.Length);
            var length = random.Next(Math.Min(12, text.Length - at));
            text = random.Next(3) switch
            {
                0 => text.Remove(at, length),
                1 => text.Insert(at, Junk[random.Next(Junk.Length)].ToString()),
                _ => text.Insert(random.Next(text.Length), text.Substring(at, length)),
            };
        }

        return text;
    }
}
