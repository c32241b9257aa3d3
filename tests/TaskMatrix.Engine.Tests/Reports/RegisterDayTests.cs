using FsCheck;
using FsCheck.Fluent;
using TaskMatrix.Engine.Reports;

namespace TaskMatrix.Engine.Tests.Reports;

public sealed class RegisterDayTests
{
    private static readonly string?[] Places = [null, "前村", "后村"], Results = [null, "well", "unwell", "notReached"];

    /// <summary>Single lines as somebody would tick them off, counted again without the code under test.</summary>
    [Fact]
    public void Figures_are_those_of_counting_line_by_line()
    {
        var line = from place in Gen.Elements(Places) from result in Gen.Elements(Results) select (Place: place, Result: result);
        Prop.ForAll(line.ListOf().ToArbitrary(), lines =>
        {
            var day = RegisterDay.Of([.. lines.Select(one => new RegisterCount(one.Place, one.Result, 1))]);
            int all = 0, answered = 0, unwell = 0, notReached = 0;
            foreach (var (_, result) in lines)
            {
                all++;
                answered += result is null ? 0 : 1;
                unwell += result == "unwell" ? 1 : 0;
                notReached += result == "notReached" ? 1 : 0;
            }

            Assert.Equal((all, answered), (day.All.Lines, day.All.Answered));
            Assert.Equal(all == 0 ? null : (double)answered / all, day.All.Coverage);
            Assert.Equal(new RegisterFigures(all, answered - notReached, notReached, unwell), day.Figures);
            Assert.All(day.ByPlace, place => Assert.Equal(lines.Count(one => one.Place == place.Place), place.Lines));
            Assert.All(day.ByPlace, place => Assert.Equal(lines.Count(one => one.Place == place.Place && one.Result is not null), place.Answered));
            Assert.Equal(all, day.ByPlace.Sum(place => place.Lines));
            Assert.Equal(answered, day.Results.Values.Sum());
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(300));
    }

    [Fact]
    public void Counts_of_the_database_are_added_up_by_place_and_those_without_one_come_last()
    {
        var day = RegisterDay.Of([new(null, null, 2), new("b", "well", 3), new("a", null, 1), new("a", "well", 4), new("b", "unwell", 1)]);

        Assert.Equal(new RegisterShare(11, 8, 8 / 11.0), day.All);
        Assert.Equal(["a", "b", null], day.ByPlace.Select(place => place.Place));
        Assert.Equal(new RegisterPlace("a", 5, 4, 0.8), day.ByPlace[0]);
        Assert.Equal(7, day.Results["well"]);
    }

    [Fact]
    public void Without_lines_there_is_nothing_to_cover() => Assert.Equal(new RegisterShare(0, 0, null), RegisterDay.Of([]).All);
}
