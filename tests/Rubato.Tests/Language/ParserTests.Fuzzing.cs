using System.Text;
using Rubato.Tests.Schedules;

namespace Rubato.Tests.Language;

/// <summary>Any text is a schedule or gives a sentence: no other exception. RUBATO_MUTATIONS sets how many are tried.</summary>
public sealed partial class ParserTests
{
    private const int OrdinaryRun = 3_000;
    private const int Longest = 4096;

    private static readonly string[] Pieces =
    [
        "(", ")", ",", "->", "..", "-", "1e308", "1e-320", "-0", "9223372036854775808", "0", "ep", "ba", "rest", "then", "+", "*", ":", " ", "\0", "\ud800", "é",
        "10s", "cycles 9223372036854775807", "over(",
    ];

    [Fact]
    public void Parse_DamagedTexts_ReadOrGiveASentence()
    {
        var count = TextDamage.Count(OrdinaryRun);
        var read = Enumerable.Range(0, count).Count(number => IsRead(number, Damaged(number)));
        Assert.InRange(read, count / 50, count * 3 / 4);
    }

    private static bool IsRead(int number, string text)
    {
        try
        {
            var schedule = Schedule.Parse(text, Functions);
            Assert.Equal(schedule, Schedule.Parse(schedule.ToString(), Functions));
            return true;
        }
        catch (InvalidInputException exception)
        {
            var finding = Assert.Single(exception.Message.Split('\n'));
            Assert.Contains(", column ", finding, StringComparison.Ordinal);
            Assert.DoesNotContain('\n', finding);
            return false;
        }
        catch (Exception exception) when (exception is not Xunit.Sdk.IAssertionException)
        {
            throw new InvalidOperationException($"Text {number} gave {exception.GetType().Name} instead of a sentence: {text}", exception);
        }
    }

    private static string Damaged(int number)
    {
        var random = new CounterRandom(20261122, 2, number);
        var text = random.NextInt(8) switch
        {
            0 => TextDamage.Noise(ref random, Longest),
            1 => Joined(ref random, 1 + random.NextInt(40)),
            2 => Nested(ref random),
            _ => TextDamage.Damaged(Joined(ref random, 1 + random.NextInt(4)), Pieces, ref random),
        };
        return text.Length <= Longest ? text : text[..Longest];
    }

    private static string Joined(ref CounterRandom random, int count)
    {
        string[] signs = [" then ", " + ", " * ", ", ", ""];
        var text = new StringBuilder(Good(ref random));
        for (var i = 1; i < count; i++)
        {
            text.Append(signs[random.NextInt(signs.Length)]).Append(Good(ref random));
        }

        return text.ToString();
    }

    private static string Nested(ref CounterRandom random)
    {
        string[] levels = ["over(? then 0.1, 5ep)", "over((? + exp(1, gamma 0.9, every 1ep)) then 0, 5ep)", "(? * 2)", "warmup(?, 0.1dur)", "repeat(?, 2)", "staged(2ep: ?, rest: 1)", "delay(?, 1ba)"];
        var text = Good(ref random);
        for (var left = random.NextInt(130); left > 0 && text.Length < Longest; left--)
        {
            text = levels[random.NextInt(levels.Length)].Replace("?", text, StringComparison.Ordinal);
        }

        return text;
    }

    private static string Good(ref CounterRandom random) =>
        random.NextInt(3) == 0 ? RandomSchedule.Any(random.NextInt(1_000_000), 3).ToString() : Canonical[random.NextInt(Canonical.Length)].Text;
}
