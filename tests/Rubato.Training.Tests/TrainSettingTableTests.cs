using System.Reflection;

namespace Rubato.Training.Tests;

public sealed class TrainSettingTableTests
{
    [Fact]
    public void All_OneRowAProperty_EachChangesItsOwn()
    {
        var properties = typeof(TrainSettings).GetProperties(BindingFlags.Public | BindingFlags.Instance);
        var changed = TrainSettingTable.All.Select(setting =>
        {
            Assert.True(setting.TrySet(new TrainSettings(), setting.Help.Example.Trim('"'), out var settings));
            return Assert.Single(properties, property => !Equals(property.GetValue(settings), property.GetValue(new TrainSettings()))).Name;
        });

        Assert.Equal(properties.Select(property => property.Name).Order(StringComparer.Ordinal), changed.Order(StringComparer.Ordinal), StringComparer.Ordinal);
        Assert.Equal(TrainSettingTable.All.Length, TrainSettingTable.All.DistinctBy(setting => setting.Name, StringComparer.Ordinal).Count());
    }

    [Theory]
    [InlineData("batch", "64", "64")]
    [InlineData("batch", "-1", "-1")]
    [InlineData("batch", "1.5", null)]
    [InlineData("batch", "1e3", null)]
    [InlineData("batch", "2147483648", null)]
    [InlineData("batch", " 64", null)]
    [InlineData("batch", "", null)]
    [InlineData("seed", "-9223372036854775808", "-9223372036854775808")]
    [InlineData("seed", "9223372036854775808", null)]
    [InlineData("lr", "0.1", "0.1")]
    [InlineData("lr", ".5", "0.5")]
    [InlineData("lr", "1e-7", "1.0e-07")]
    [InlineData("lr", "1.5E-7", "1.5e-07")]
    [InlineData("lr", "1e999", ".inf")]
    [InlineData("lr", "NaN", ".nan")]
    [InlineData("lr", "-.inf", "-.inf")]
    [InlineData("lr", "0,1", null)]
    [InlineData("lr", "1,000", null)]
    [InlineData("name", "", "")]
    public void TrySet_Text_PrintedBack(string name, string text, string? printed)
    {
        var setting = TrainSettingTable.Find(name);

        Assert.Equal(printed is not null, setting?.TrySet(new TrainSettings(), text, out _));
        if (setting?.TrySet(new TrainSettings(), text, out var settings) == true)
        {
            Assert.Equal(printed, setting.Print(settings));
        }
    }

    [Fact]
    public void TrySet_NoValue_OnlyWhereTheRuleChooses() =>
        Assert.Equal(
            ["label", "train-samples", "lr", "micro-batch", "momentum", "weight-decay", "threads", "name"],
            TrainSettingTable.All.Where(setting => setting.TrySet(new TrainSettings(), null, out _)).Select(setting => setting.Name),
            StringComparer.Ordinal);

    [Fact]
    public void Help_SettingWithoutDefault_SaysWhatHappens() =>
        Assert.All(TrainSettingTable.All, setting => Assert.NotNull(setting.Print(new TrainSettings()) ?? setting.Help.WhenNull));
}
