using Rubato.Tests.Schedules;
using static Rubato.Duration;

namespace Rubato.Tests;

/// <summary>Any JSON is read or gives a sentence: no other exception. RUBATO_MUTATIONS sets how many are tried.</summary>
public sealed partial class ScheduleJsonTests
{
    private const int OrdinaryRun = 3_000;

    private static readonly string[] Pieces =
    [
        "{", "}", "[", "]", ",", ":", "\"", "null", "true", "1", "-1", "0", "1.5", "1e999", "99999999999999999999", "\"kind\":\"over\",", "\"kind\"", "\"5ep\"",
        "\"rest\"", "\"length\"", "\"inner\":", "\"0.1 then 0.2\"", "\\ud800", "\ud800", "\\u0000", "\0", "é", "$type", "//", "[[[[[[[[", "\"linear\"", "2",
    ];

    [Fact]
    public void Read_DamagedJson_ReadsOrGivesASentence()
    {
        var count = TextDamage.Count(OrdinaryRun);
        var read = 0;
        for (var number = 0; number < count; number++)
        {
            var random = new CounterRandom(20261122, 3, number);
            var schedule = RandomSchedule.Any(random.NextInt(1_000_000), 3);
            var isPlan = random.NextInt(3) == 0;
            var json = isPlan ? PlanJson.Write(PlanOf(schedule)) : ScheduleJson.Write(schedule);
            var damaged = random.NextInt(50) == 0 ? TextDamage.Noise(ref random, json.Length) : TextDamage.Damaged(json, Pieces, ref random);
            read += IsRead(number, damaged, isPlan) ? 1 : 0;
        }

        Assert.InRange(read, count / 50, count * 3 / 4);
    }

    private static PlanSettings PlanOf(Schedule schedule) => new()
    {
        Length = Epochs(3),
        LearningRate = schedule,
        BatchSize = 64,
        SamplesPerEpoch = 100,
        Momentum = 0.5,
        Tail = EpochTail.Cut,
        Groups = [new("bias", schedule)],
    };

    private static bool IsRead(int number, string json, bool isPlan)
    {
        try
        {
            object document = isPlan ? PlanJson.Read(json, ScheduleGenerator.Functions) : ScheduleJson.Read(json, ScheduleGenerator.Functions);
            return document is not null;
        }
        catch (InvalidInputException exception)
        {
            var finding = Assert.Single(exception.Message.Split('\n'));
            Assert.StartsWith(isPlan ? "plan JSON" : "schedule JSON", finding, StringComparison.Ordinal);
            Assert.DoesNotContain('\n', finding);
            return false;
        }
        catch (Exception exception) when (exception is not Xunit.Sdk.IAssertionException)
        {
            throw new InvalidOperationException($"JSON {number} gave {exception.GetType().Name} instead of a sentence: {json}", exception);
        }
    }
}
