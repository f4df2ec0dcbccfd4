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
    [InlineData("mnits:x", "The data set 'mnits:x' is of an unknown kind; did you mean 'mnist'? Known are " + Known)]
    [InlineData("glyph", "The data set 'glyph' is of an unknown kind; did you mean 'glyphs'? Known are " + Known)]
    [InlineData("CIFAR10:x", "The data set 'CIFAR10:x' is of an unknown kind; did you mean 'cifar10'? Known are " + Known)]
    [InlineData("weather", "The data set 'weather' is of an unknown kind; use one of " + Known)]
    [InlineData("", "The data set '' is of an unknown kind; use one of " + Known)]
    [InlineData("mnist", "The data set 'mnist' needs a path; write it as mnist:DIR.")]
    [InlineData("csv:", "The data set 'csv:' needs a path; write it as csv:FILE.")]
    [InlineData("glyphs:x", "The data set 'glyphs:x' is built in and takes no path; write glyphs or glyphs(seed: 7).")]
    [InlineData("glyphs(seed: 7", "The data set 'glyphs(seed: 7' opens a parenthesis that it does not close; write it as glyphs(name: value).")]
    [InlineData("glyphs(7)", "The option '7' of the data set 'glyphs(7)' has no value; write it as name: value.")]
    [InlineData("glyphs(sed: 7)", "The data set 'glyphs' has no option 'sed'; did you mean 'seed'? It has seed, train and test.")]
    [InlineData("glyphs(train: 5)", "The option train of the data set 'glyphs' is 5; it must be at least 10 and at most 1000000.")]
    [InlineData("glyphs(seed: x)", "The option seed of the data set 'glyphs' is 'x'; it must be a whole number.")]
    public void Load_BadSpecification_SaysWhatWouldBeRight(string specification, string finding) =>
        Check.Finding(finding, () => DatasetCatalog.Load(specification, new DatasetOptions()));

    [Fact]
    public void Load_BadOptions_SayWhatWouldBeRight()
    {
        const string Few = "glyphs(train: 20, test: 10)";
        Check.Finding(
            "A label column ('y') is for csv:FILE; the data set 'glyphs' has none, so leave it out.",
            () => DatasetCatalog.Load("glyphs", new DatasetOptions { Label = "y" }));
        Check.Finding(
            "The number of training samples is 0; it must be at least 1.",
            () => DatasetCatalog.Load(Few, new DatasetOptions { TrainSamples = 0 }));
        Check.Finding(
            $"The number of training samples is 21, but the training split of '{Few}' holds 20; ask for at most that many.",
            () => DatasetCatalog.Load(Few, new DatasetOptions { TrainSamples = 21 }));
        Check.Finding(
            "The normalization 9 is unknown; use PerChannel or MeanImage.",
            () => DatasetCatalog.Load(Few, new DatasetOptions { Normalization = (Normalization)9 }));
    }

    [Fact]
    public void Load_TrainSamples_KeepsStatisticsAndHashOfTheWhole()
    {
        var whole = DatasetCatalog.Load("glyphs(train: 100, test: 10)", new DatasetOptions());
        var subset = DatasetCatalog.Load("glyphs(train: 100, test: 10)", new DatasetOptions { TrainSamples = 30, Seed = 5 });
        Assert.Equal(30, subset.Train.Count);
        Assert.Equal(whole.ContentHash, subset.ContentHash);
        Assert.Equal(Check.All(whole.Test), Check.All(subset.Test));
        Assert.All(Check.Labels(subset.Train).GroupBy(label => label), group => Assert.Equal(3, group.Count()));
    }
}
