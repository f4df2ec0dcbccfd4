using System.Globalization;

namespace Rubato.Tests;

public sealed class FindingTests
{
    public static TheoryData<Finding, string> Sentences => new()
    {
        { new Finding("nothing stands there"), "nothing stands there." },
        { new Finding("a whole sentence; mend it."), "a whole sentence; mend it." },
        { new Finding("there are no rows") { Remedy = "add some" }, "there are no rows; add some." },
        { new Finding("batch", 0, "it must be at least 1", "for instance 128"), "batch is 0; it must be at least 1, for instance 128." },
        {
            new Finding("batch", 50, "but the training set has 20 samples", "write at most 20"),
            "batch is 50, but the training set has 20 samples; write at most 20."
        },
        { new Finding("tail", "cot", "it must be carry or cut", "Did you mean 'cut'?"), "tail is 'cot'; it must be carry or cut. Did you mean 'cut'?" },
        { new Finding("rewrite", "grow-batch", "there is no room"), "rewrite is 'grow-batch': there is no room." },
        { new Finding("label", null, "is missing", "name a column"), "label is missing; name a column." },
        { new Finding("data.csv", null, "the header is empty"), "data.csv: the header is empty." },
        { new Finding("data.csv", null, "it is empty"), "data.csv: it is empty." },
        { new Finding("data.csv", null, "it is empty") { Place = "line 3" }, "data.csv, line 3: it is empty." },
        {
            new Finding("lr", "cosine(", "expected a number, but the text ends") { Place = "column 8" },
            "lr 'cosine(', column 8: expected a number, but the text ends."
        },
        { new Finding("lr", "5", "expected a schedule") { Place = "column 1" }, "lr '5', column 1: expected a schedule." },
        { new Finding("the rate is 0") { Place = "update 7" }, "update 7: the rate is 0." },
    };

    [Theory]
    [MemberData(nameof(Sentences))]
    public void ToString_EachForm_OneSentence(Finding finding, string sentence) => Assert.Equal(sentence, $"{finding}");

    [Fact]
    public void ToString_AnyCulture_SameNumber()
    {
        var before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = new CultureInfo("") { NumberFormat = { NumberDecimalSeparator = "," } };

            Assert.Equal("momentum is 1.5; it must be below 1.", $"{new Finding("momentum", 1.5, "it must be below 1")}");
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void At_NoPlaceAPlaceASetting_KeepsAll()
    {
        var finding = new Finding("the rate is 0") { Remedy = "raise it" };

        Assert.Equal("texp, update 7: the rate is 0; raise it.", $"{finding.At("update 7").At("texp")}");
        Assert.Equal("texp: batch is 0; it must be at least 1.", $"{new Finding("batch", 0, "it must be at least 1").At("texp")}");
    }

    [Fact]
    public void Under_WithAndWithoutSetting_NamesTheOuterOne()
    {
        var under = new Finding("the rate is 0") { Place = "update 7", Remedy = "raise it" }.Under("rewrite", "texp");

        Assert.Equal(("rewrite", "texp"), (under.Setting, under.Value));
        Assert.Equal("rewrite 'texp', update 7: the rate is 0; raise it.", $"{under}");
        Assert.Equal("plan.json: batch is 0; it must be at least 1.", $"{new Finding("batch", 0, "it must be at least 1").Under("plan.json")}");
    }

    [Fact]
    public void FromString_Sentence_IsTheRule() => Assert.Equal(new Finding("mend it."), Finding.FromString("mend it."));

    [Fact]
    public void Constructor_NoRule_Refused() => Assert.Throws<ArgumentException>(() => new Finding(" "));

    [Fact]
    public void ToString_SmallNumber_AsPeopleWriteIt() =>
        Assert.Equal("MaxLr is 1.75e-5; it must be higher.", new Finding("MaxLr", 1.75e-5, "it must be higher").ToString());
}
