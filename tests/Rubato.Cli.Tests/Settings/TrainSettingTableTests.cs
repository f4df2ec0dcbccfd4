using System.Reflection;
using Rubato.Cli.Settings;

namespace Rubato.Cli.Tests.Settings;

public sealed class TrainSettingTableTests
{
    [Fact]
    public void All_OneRowAProperty_EachChangesItsOwn()
    {
        var properties = typeof(TrainSettings).GetProperties(BindingFlags.Public | BindingFlags.Instance);
        var changed = TrainSettingTable.All.Select(setting =>
        {
            Assert.True(setting.TrySet(new TrainSettings(), setting.ExampleLine[(setting.Name.Length + 2)..].Trim('"'), "", out var settings));
            return Assert.Single(properties, property => !Equals(property.GetValue(settings), property.GetValue(new TrainSettings()))).Name;
        });

        Assert.Equal(properties.Select(property => property.Name).Order(StringComparer.Ordinal), changed.Order(StringComparer.Ordinal), StringComparer.Ordinal);
        Assert.Equal(TrainSettingTable.All.Length, TrainSettingTable.All.DistinctBy(setting => setting.Name, StringComparer.Ordinal).Count());
    }

    [Theory]
    [InlineData("threads", "64", "64")]
    [InlineData("threads", "-1", "-1")]
    [InlineData("threads", "1.5", null)]
    [InlineData("threads", "1e3", null)]
    [InlineData("threads", "2147483648", null)]
    [InlineData("threads", " 64", null)]
    [InlineData("threads", "", null)]
    [InlineData("seed", "-9223372036854775808", "-9223372036854775808")]
    [InlineData("seed", "9223372036854775808", null)]
    [InlineData("warmup", "0.1", "0.1")]
    [InlineData("warmup", ".5", "0.5")]
    [InlineData("warmup", "1e-7", "1.0e-7")]
    [InlineData("warmup", "1.5E-7", "1.5e-7")]
    [InlineData("warmup", "1e999", ".inf")]
    [InlineData("warmup", "NaN", ".nan")]
    [InlineData("warmup", "-.inf", "-.inf")]
    [InlineData("warmup", "0,1", null)]
    [InlineData("warmup", "1,000", null)]
    [InlineData("epochs", "204.8", "204.8")]
    [InlineData("lr", "1e-3", "0.001")]
    [InlineData("lr", " auto *cosine(1->0)", "auto * cosine(1 -> 0)")]
    [InlineData("length", "5000ba", "5000ba")]
    [InlineData("tail", "cut", "cut")]
    [InlineData("guard", "off", "off")]
    [InlineData("rewrite", "grow-batch( first 1 )", "grow-batch(first 1)")]
    [InlineData("momentum", "0.90", "0.9")]
    [InlineData("clip-norm", "1.0", "1")]
    [InlineData("clip-value", "linear(1->0.1)", "linear(1 -> 0.1)")]
    [InlineData("batch", "64", "64")]
    [InlineData("batch", "linear(64 -> 128)", "linear(64 -> 128)")]
    [InlineData("name", "", "")]
    [InlineData("freeze-last", "true", "true")]
    [InlineData("freeze-last", "False", "false")]
    [InlineData("no-affine", "yes", null)]
    [InlineData("no-affine", "", null)]
    public void TrySet_Text_PrintedBack(string name, string text, string? printed)
    {
        var setting = TrainSettingTable.Find(name);

        Assert.Equal(printed is not null, setting?.TrySet(new TrainSettings(), text, "", out _));
        if (setting?.TrySet(new TrainSettings(), text, "", out var settings) == true)
        {
            Assert.Equal(printed, setting.Print(settings));
        }
    }

    [Theory]
    [InlineData("lr", "cosin(0.1 -> 0)", "SUBJECT 'cosin(0.1 -> 0)'")]
    [InlineData("batch", "adaptve(128)", "SUBJECT 'adaptve(128)'")]
    [InlineData("momentum", "much", "SUBJECT 'much'")]
    [InlineData("weight-decay", "", "SUBJECT ''")]
    [InlineData("rewrite", "grow", "SUBJECT 'grow'")]
    [InlineData("length", "5", "SUBJECT: '5' has no unit")]
    public void TrySet_TextOfNoValue_TheSubjectIsNamed(string name, string text, string start) => Assert.StartsWith(
        start,
        Assert.Throws<InvalidInputException>(() => TrainSettingTable.Find(name)!.TrySet(new TrainSettings(), text, "SUBJECT", out _)).Message,
        StringComparison.Ordinal);

    [Theory]
    [InlineData("tail", "cary", "SUBJECT is 'cary'; it must be carry or cut. Did you mean 'carry'?")]
    [InlineData("guard", "yes", "SUBJECT is 'yes'; it must be on or off.")]
    public void TrySet_NoneOfTheWords_OneSentence(string name, string text, string finding) => Assert.Equal(
        finding,
        Assert.Throws<InvalidInputException>(() => TrainSettingTable.Find(name)!.TrySet(new TrainSettings(), text, "SUBJECT", out _)).Message);

    [Theory]
    [InlineData("lr", "--lr 0.1", "lr: 0.1")]
    [InlineData("augment", "--augment \"crop(4), flip\"", "augment: \"crop(4), flip\"")]
    [InlineData("no-affine", "--no-affine", "no-affine: true")]
    public void Example_Setting_AsAFlagAndAsALine(string name, string flag, string line)
    {
        var setting = TrainSettingTable.All.Single(setting => setting.Name == name);
        Assert.Equal((flag, line), (setting.ExampleFlag, setting.ExampleLine));
    }

    [Fact]
    public void TrySet_NoValue_OnlyWhereTheRuleChooses() =>
        Assert.Equal(
            ["label", "train-samples", "validation", "init", "freeze", "lr", "warmup", "epochs", "length", "micro-batch", "ghost-batch", "measure-noise", "momentum", "weight-decay", "clip-norm", "clip-value", "guard", "best", "stop-early", "threads", "name"],
            TrainSettingTable.All.Where(setting => setting.TrySet(new TrainSettings(), null, "", out _)).Select(setting => setting.Name),
            StringComparer.Ordinal);

    [Fact]
    public void Help_SettingWithoutDefault_SaysWhatHappens() =>
        Assert.All(TrainSettingTable.All, setting => Assert.NotEmpty(setting.Print(new TrainSettings()) + setting.Help.WhenNull));
}
