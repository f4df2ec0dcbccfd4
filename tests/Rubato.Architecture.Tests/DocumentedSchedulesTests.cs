using System.Text.RegularExpressions;

namespace Rubato.Architecture.Tests;

/// <summary>What docs/schedules.md gives as an example can be read.</summary>
public sealed partial class DocumentedSchedulesTests
{
    private static readonly string Page = Repository.Read("docs/schedules.md");
    private static readonly ScheduleFunctions Functions = ScheduleFunctions.None.With("my-decay", share => 1 - share);

    public static TheoryData<string> Examples =>
    [
        .. DocumentedCommands.Blocks(Page, "schedule").SelectMany(block => block.Split('\n', StringSplitOptions.RemoveEmptyEntries)),
        .. LastCell().Matches(Page).Select(row => row.Groups["text"].Value),
    ];

    [Theory]
    [MemberData(nameof(Examples))]
    public void Example_OfThePage_IsASchedule(string text)
    {
        var schedule = Schedule.Parse(text, Functions);
        Assert.Equal(schedule, Schedule.Parse(schedule.ToString(), Functions));
    }

    [Fact]
    public void Examples_OfThePage_AreOfEveryKind()
    {
        var missing = from kind in typeof(Schedule).Assembly.GetExportedTypes()
                      where kind.IsSubclassOf(typeof(Schedule)) && !kind.IsAbstract
                      where !Examples.Any(example => Schedule.Parse(example.Data, Functions).GetType() == kind)
                      select kind.Name;
        Findings.AssertNone(missing);
    }

    [Fact]
    public void Json_OfThePage_IsRead()
    {
        var blocks = DocumentedCommands.Blocks(Page, "json").ToList();
        Assert.Equal(2, blocks.Count);
        Assert.Equal("linear(0 -> 0.1, 5ep) then wsd(0.1, warmup 0ep, decay 0.2dur, shape linear)", ScheduleJson.Read(blocks[0]).ToString());
        Assert.Equal(1_500_000, new TrainingPlan(PlanJson.Read(blocks[1])).Samples);
    }

    // A table's row whose last cell is one piece of code.
    [GeneratedRegex(@"^\| .* \| `(?<text>[^`]*)` \|$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex LastCell();
}
