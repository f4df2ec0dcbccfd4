using Rubato.Data.Datasets;
using Rubato.Data.Tests.Support;

namespace Rubato.Data.Tests.Datasets;

public sealed class DatasetCatalogTests
{
    private const string Known = "glyphs, mnist:DIR, cifar10:DIR, cifar100:DIR, csv:FILE.";

    [Fact]
    public void Kinds_InOrder_AreThoseOfTheHelpText() =>
        Assert.Equal(["glyphs", "mnist", "cifar10", "cifar100", "csv"], DatasetCatalog.Kinds.Select(kind => kind.Name));

    [Theory]
    [InlineData("mnits:x", "data is 'mnits:x', which is of an unknown kind; did you mean 'mnist'? Known are " + Known)]
    [InlineData("glyph", "data is 'glyph', which is of an unknown kind; did you mean 'glyphs'? Known are " + Known)]
    [InlineData("CIFAR10:x", "data is 'CIFAR10:x', which is of an unknown kind; did you mean 'cifar10'? Known are " + Known)]
    [InlineData("weather", "data is 'weather', which is of an unknown kind; use one of " + Known)]
    [InlineData("", "data is '', which is of an unknown kind; use one of " + Known)]
    [InlineData("mnist", "data is 'mnist', which needs a path; write it as mnist:DIR.")]
    [InlineData("csv:", "data is 'csv:', which needs a path; write it as csv:FILE.")]
    [InlineData("glyphs:x", "data is 'glyphs:x', which is built in and takes no path; write glyphs or glyphs(seed 7).")]
    [InlineData("glyphs(seed 7", "data 'glyphs(seed 7', column 14: expected ',' or ')', but the text ends.")]
    [InlineData("glyphs(7)", "data 'glyphs(7)', column 8: glyphs takes no value '7'; its options are seed, train, test.")]
    [InlineData("glyphs(sed 7)", "data 'glyphs(sed 7)', column 8: glyphs has no option 'sed'; its options are seed, train, test. Did you mean 'seed'?")]
    [InlineData("glyphs(train 5)", "data 'glyphs(train 5)', column 14: train is 5, but must be a whole number of at least 10 and at most 1000000.")]
    [InlineData("glyphs(seed: x)", "data 'glyphs(seed: x)', column 14: seed is x, but must be a whole number.")]
    public void Load_BadSpecification_SaysWhatWouldBeRight(string specification, string finding) =>
        Check.Finding(finding, () => DatasetCatalog.Load(specification, new DatasetOptions()));

    [Fact]
    public void Load_BadOptions_SayWhatWouldBeRight()
    {
        const string Few = "glyphs(train 20, test 10)";
        Check.Finding(
            "Label is 'y', but only csv:FILE has label columns, and the data set is 'glyphs'; leave it out.",
            () => DatasetCatalog.Load("glyphs", new DatasetOptions { Label = "y" }));
        Check.Finding(
            "TrainSamples is 0; it must be at least 1.",
            () => DatasetCatalog.Load(Few, new DatasetOptions { TrainSamples = 0 }));
        Check.Finding(
            $"TrainSamples is 21, but the training split of '{Few}' holds 20; ask for at most that many.",
            () => DatasetCatalog.Load(Few, new DatasetOptions { TrainSamples = 21 }));
        Check.Finding(
            "Normalization is 9; it must be PerChannel or MeanImage.",
            () => DatasetCatalog.Load(Few, new DatasetOptions { Normalization = (Normalization)9 }));
    }

    [Fact]
    public void Load_TrainSamples_KeepsStatisticsAndHashOfTheWhole()
    {
        var whole = DatasetCatalog.Load("glyphs(train 100, test 10)", new DatasetOptions());
        var subset = DatasetCatalog.Load("glyphs(train 100, test 10)", new DatasetOptions { TrainSamples = 30, Seed = 5 });
        Assert.Equal(30, subset.Train.Count);
        Assert.Equal(whole.ContentHash, subset.ContentHash);
        Assert.Equal(Check.All(whole.Test), Check.All(subset.Test));
        Assert.All(Check.Labels(subset.Train).GroupBy(label => label), group => Assert.Equal(3, group.Count()));
    }
}
