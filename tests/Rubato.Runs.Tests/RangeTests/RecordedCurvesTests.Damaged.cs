using System.Globalization;
using System.Text;
using Rubato.RangeTests;
using Rubato.Runs.RangeTests;

namespace Rubato.Runs.Tests.RangeTests;

/// <summary>Any table is read, and read by every rule, or gives sentences: no other exception. RUBATO_MUTATIONS sets how many are tried.</summary>
public sealed partial class RecordedCurvesTests
{
    private const string Replacements = ",\n\"-+0159eE.NaInfity ";

    [Fact]
    public void Read_DamagedTables_ReadByEveryRuleOrRefusedWithASentence()
    {
        var count = Environment.GetEnvironmentVariable("RUBATO_MUTATIONS") is { } wanted ? int.Parse(wanted, CultureInfo.InvariantCulture) : 1_000;
        var table = new StringBuilder("iteration,learning_rate,loss,smoothed_loss,accuracy,run\n");
        for (var i = 1; i <= 60; i++)
        {
            table.Append(CultureInfo.InvariantCulture, $"{i},{1e-6 * Math.Pow(1.3, i):R},{2.3 - (2 * Math.Exp(-Math.Pow((i - 45) / 12.0, 2))):R},,{(i % 5 == 0 ? "0.5" : "")},1\n");
        }

        var (read, refused) = (0, 0);
        for (var mutation = 0; mutation < count; mutation++)
        {
            System.IO.File.WriteAllText(File, Damaged(table.ToString(), mutation));
            try
            {
                var runs = RecordedCurves.Read(File, "from").Runs;
                Assert.All(RangeRule.All, rule => Assert.NotEmpty(RangeSuggestion.Of(runs, new RangeSuggestionSettings { Rule = rule.Name }).Answers));
                read++;
            }
            catch (InvalidInputException exception)
            {
                Assert.All(exception.Message.Split('\n'), finding => Assert.InRange(finding.Length, 10, 1_000));
                refused++;
            }
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{count} damaged tables: {read} read, {refused} refused");
        Assert.InRange(read, count / 20, count);
        Assert.InRange(refused, count / 4, count);
    }

    private static string Damaged(string table, int mutation)
    {
        var random = new CounterRandom(20261122, 1, mutation);
        var text = new StringBuilder(table);
        for (var changes = 1 + random.NextInt(4); changes > 0 && text.Length > 0; changes--)
        {
            var at = random.NextInt(text.Length);
            switch (random.NextInt(4))
            {
                case 0:
                    text[at] = Replacements[random.NextInt(Replacements.Length)];
                    break;
                case 1:
                    text.Remove(at, Math.Min(1 + random.NextInt(3), text.Length - at));
                    break;
                case 2:
                    text.Insert(at, Replacements[random.NextInt(Replacements.Length)]);
                    break;
                default:
                    text.Length = random.NextInt(3) == 0 ? at : text.Length;
                    break;
            }
        }

        return text.ToString();
    }
}
