using System.Text;
using Rubato.Data.Datasets;
using Rubato.Data.Datasets.Csv;
using Rubato.Data.Tests.Support;

namespace Rubato.Data.Tests.Datasets.Csv;

public sealed class CsvKindTests
{
    private const string Good = "x,kind,y\n1,a,10\n2,b,20\n3,a,30\n4,b,40\n";

    [Fact]
    public void Load_File_SplitsByClassAndNormalisesWithTheTrainingRows()
    {
        using var folder = new TemporaryFolder();
        var text = new StringBuilder("x,kind,flat\n");
        for (var i = 0; i < 50; i++)
        {
            text.Append(i).Append(i % 5 == 0 ? ",rare,3\n" : ",usual,3\n");
        }

        var path = folder.Write("table.csv", Encoding.UTF8.GetBytes(text.ToString()));
        var dataset = DatasetCatalog.Load($"csv:{path}", new DatasetOptions { Label = "kind" });
        Assert.Equal((40, 10), (dataset.Train.Count, dataset.Test.Count));
        Assert.Equal(["rare", "usual"], dataset.ClassNames);
        Assert.Equal((8, 2), (Check.Labels(dataset.Train).Count(label => label == 0), Check.Labels(dataset.Test).Count(label => label == 0)));
        Assert.Equal([2], dataset.Train.Shape);
        Assert.False(dataset.Train.IsImage);
        var values = Check.All(dataset.Train).Where((_, i) => i % 2 == 0).ToArray();
        Assert.Equal(0, values.Average(value => (double)value), 1e-5);
        Assert.Equal(1, values.Average(value => (double)value * value), 1e-5);
        Assert.All(Check.All(dataset.Train).Where((_, i) => i % 2 == 1), value => Assert.Equal(0, value));
    }

    [Fact]
    public void Load_Seed_DecidesTheHeldOutRowsButNotTheHash()
    {
        var text = "x,k\n" + string.Concat(Enumerable.Range(0, 40).Select(i => $"{i},{i % 2}\n"));
        var (first, again, other) = (Load(text, "k", 0.25, 1), Load(text, "k", 0.25, 1), Load(text, "k", 0.25, 2));
        Assert.Equal(Check.All(first.Test), Check.All(again.Test));
        Assert.NotEqual(Check.All(first.Test), Check.All(other.Test));
        Assert.Equal(first.ContentHash, other.ContentHash);
        Assert.Equal(10, other.Test.Count);
    }

    [Fact]
    public void Load_LargeOffset_KeepsSmallDifferences()
    {
        var text = "t,k\n" + string.Concat(Enumerable.Range(0, 8).Select(i => $"{1700000000 + (i % 4 / 2)},{i % 2}\n"));
        Assert.All(Check.All(Load(text, "k", 0.25, 1).Train), value => Assert.InRange(Math.Abs(value), 0.5f, 2f));
    }

    [Theory]
    [InlineData("a b c", "a b c")]
    [InlineData("c b a", "a b c")]
    [InlineData("10 9 2", "2 9 10")]
    [InlineData("1.5 -1 1e3", "-1 1.5 1e3")]
    [InlineData("10 9 x", "10 9 x")]
    public void Load_Labels_AreSortedAsNumbersWhereAllAre(string labels, string sorted)
    {
        var text = "x,k\n" + string.Concat(labels.Split(' ').SelectMany(label => Enumerable.Repeat($"1,{label}\n", 4)));
        Assert.Equal(sorted.Split(' '), Load(text, "k").ClassNames);
    }

    [Theory]
    [InlineData("\uFEFFx,kind\r\n1,a\r\n2,b\r\n3,a\r\n4,b")]
    [InlineData("\"x\",\"kind\"\n\"1\",\"a\"\n\"2\",b\n 3 ,a\n4,\"b\"\n\n\r\n")]
    [InlineData("kind,x\na,1\nb,2\na,3\nb,4\n")]
    public void Load_Spellings_MeanTheSame(string text)
    {
        var dataset = Load(text, "kind", 0.5);
        Assert.Equal(["a", "b"], dataset.ClassNames);
        Assert.Equal(Load("x,kind\n1,a\n2,b\n3,a\n4,b\n", "kind", 0.5).ContentHash, dataset.ContentHash);
    }

    [Fact]
    public void Load_QuotedFields_HoldCommasQuotesAndLineEnds()
    {
        var text = "x,\"the \"\"kind\"\"\"\n1,\"a, b\"\n2,\"say \"\"c\"\"\"\n3,\"a, b\"\n4,\"say \"\"c\"\"\"\n5,\"two\nlines\"\n6,\"two\nlines\"\n";
        Assert.Equal(["a, b", "say \"c\"", "two\nlines"], Load(text, "the \"kind\"", 0.5).ClassNames);
    }

    [Fact]
    public void Load_ManyFindings_AreReportedTogether() => Check.Findings(
        [
            "t, line 3: it has 2 fields, the header has 3, and 2 more rows have the same fault; every row needs one field a column.",
            "t, line 4: it has 'tall' in column 'y'; it must be a number, as in every column but the label's.",
            "t, line 5: it has nothing in the label column 'kind'; every row needs a label.",
            "t, line 6: it has 'NaN' in column 'x', and 1 more row has the same fault; it must be a finite number within single precision (up to 3.4e38).",
            "t, line 8: it has '1e39' in column 'y'; it must be a finite number within single precision (up to 3.4e38).",
            "t, line 9: it has nothing in column 'x', and 1 more row has the same fault; every feature needs a number.",
            "t, line 12: it has a quote within field 2; put the whole field in quotes and double the quote.",
            "t, line 13: it opens a quote in field 3 that is never closed; close it, or double a quote that is meant.",
        ],
        () => Load("x,kind,y\n1,a,2\n1,b\n1,b,tall\n1,,2\nNaN,b,2\n-inf,b,2\n1,b,1e39\n,b,2\n1,b,2,3\n\n1,b\"c,2\n1,b,\"2\n3,a,4\n", "kind"));

    [Fact]
    public void Load_MoreKindsThanFit_AreCounted()
    {
        string Row(string cell) => string.Concat(Enumerable.Repeat($"{cell},", 25));
        var text = $"{string.Concat(Enumerable.Range(0, 25).Select(column => $"c{column},"))}k\n{Row("p")}a\n{Row("p")}b\n{Row("1")}b\n";
        var findings = Assert.Throws<InvalidInputException>(() => Load(text, "k")).Message.Split('\n');
        Assert.Equal(21, findings.Length);
        Assert.Equal(
            "t, line 2: it has 'p' in column 'c0', and 1 more row has the same fault; it must be a number, as in every column but the label's.",
            findings[0]);
        Assert.Equal("t has 10 more findings of these kinds.", findings[20]);
    }

    [Theory]
    [InlineData("x,city,k\n1,Paris,a\n2,Rome,b\n", "column 'city' holds words, such as 'Paris' in line 2, and no number; "
        + "remove it, or write numbers in place of the words: every column but the label's must hold numbers.")]
    [InlineData("x,note,k\n1,,a\n2,,b\n", "column 'note' is empty in every row; fill it, or remove it.")]
    [InlineData("x,k,\n1,a,\n2,b,\n", "the header and every row end with a comma, which begins a column without a name; remove these commas.")]
    [InlineData("x,k\n1,a,\n2,b,\n", "every row ends with a comma, but the header does not; remove these commas.")]
    [InlineData("x,k,\n1,a\n2,b\n", "the header ends with a comma, which begins a column without a name, and no row has it; remove that comma.")]
    [InlineData("x,k\n1,1,a\n2,2,b\n", "every row has 3 fields, but the header has 2; give the header one name for each field of a row.")]
    public void Load_FaultOfEveryRow_IsOneSentenceAboutItsCause(string text, string finding) =>
        Check.Finding($"t: {finding}", () => Load(text, "k"));

    [Theory]
    [InlineData("utf-16", "is UTF-16 text; save it as UTF-8.")]
    [InlineData("utf-16BE", "is UTF-16 text; save it as UTF-8.")]
    [InlineData("utf-32", "is UTF-32 text; save it as UTF-8.")]
    public void Load_OtherEncodings_AreNamed(string encoding, string finding)
    {
        var coded = Encoding.GetEncoding(encoding);
        byte[] bytes = [.. coded.GetPreamble(), .. coded.GetBytes(Good)];
        Check.Finding($"t {finding}", () => Load(bytes));
    }

    [Fact]
    public void Load_EncodingWithoutItsMark_IsNamed() =>
        Check.Finding("t is UTF-16 text; save it as UTF-8.", () => Load(Encoding.Unicode.GetBytes(Good)));

    [Theory]
    [InlineData("x,kind\r1,a\r2,b\r", "has lines that end with carriage returns alone; save it with line feeds.")]
    [InlineData("x;kind\n1,5;a\n2,5;b\n", "has columns that are separated by semicolons; write commas there, and points in numbers.")]
    [InlineData("\"x\";\"kind\"\n1,5;\"a\"\n", "has columns that are separated by semicolons; write commas there, and points in numbers.")]
    [InlineData("x\tkind\n1\ta\n2\tb\n", "has columns that are separated by tabs; write commas there, and points in numbers.")]
    [InlineData("PK\u0003\u0004\u0014\0\u0006", "is a zip archive, as a spreadsheet is; save the table as CSV in UTF-8.")]
    [InlineData("x,kind\n1,a\0\n2,b\n", "holds bytes of 0, as no text does; name a table of text.")]
    public void Load_NoTableOfCommas_IsNamed(string text, string finding) => Check.Finding($"t {finding}", () => Load(text, "kind"));

    [Theory]
    [InlineData("", "kind", "t is empty; it needs a header and rows.")]
    [InlineData("\n\n", "kind", "t is empty; it needs a header and rows.")]
    [InlineData("x,kind\n", "kind", "t holds a header and no rows; it needs rows of at least two classes.")]
    [InlineData(Good, null, "Label is missing; t needs to know its label column; name one of x, kind, y.")]
    [InlineData(Good, "kin", "Label is 'kin', but t has no column of that name; did you mean 'kind'? Its columns are x, kind, y.")]
    [InlineData(Good, "species", "Label is 'species', but t has no column of that name; its columns are x, kind, y.")]
    [InlineData("kind\na\nb\n", "kind", "t has no column but its label 'kind'; it needs at least one numeric feature.")]
    [InlineData("k,k\n1,2\n", "k", "t has 2 columns named 'k'; rename all but the label's.")]
    [InlineData("k\"x,k\n1,2\n", "k", "The header of t breaks the quoting in field 1; put the whole name in quotes and double a quote that is meant.")]
    [InlineData("x,k\n1,a\n2,a\n", "k", "t: all rows have the same label in column 'k'; a table for classification needs at least two classes.")]
    [InlineData("x,k\n1,1\n2,1.0\n", "k", "t: the label column 'k' holds '1' and '1.0', which are one number; write it one way.")]
    [InlineData("x,k\n1,a\n2,b\n", "k", "HeldOut is 0.2, which leaves no row of t for testing: it holds 2 rows in 2 classes; raise the share or add rows.")]
    public void Load_UnusableTable_SaysWhatWouldBeRight(string text, string? label, string finding) =>
        Check.Finding(finding, () => Load(text, label));

    [Fact]
    public void Load_TooManyLabels_IsOneFinding() => Check.Finding(
        "t: the label column 'k' holds more than 1000 different labels; name the column that holds the class.",
        () => Load("x,k\n" + string.Concat(Enumerable.Range(0, 1500).Select(i => $"1,{i}\n")), "k"));

    [Fact]
    public void Load_LabelNoText_IsAFinding()
    {
        var text = "x,k\n1,"u8.ToArray().Append((byte)0xFF).ToArray();
        Check.Finding(
            "t, line 2: it has '?' in the label column 'k'; a label must be UTF-8 text of up to 200 characters.",
            () => CsvKind.Load("csv:t", Bytes.File("t", text), new DatasetOptions { Label = "k" }));
    }

    [Theory]
    [InlineData("a", "a")]
    [InlineData("\"", "\"\"")]
    public void Load_LongLabel_QuotesCountOnce(string character, string written)
    {
        string Table(int length) => $"x,k\n1,b\n2,b\n3,\"{string.Concat(Enumerable.Repeat(written, length))}\"\n";
        Assert.Contains(string.Concat(Enumerable.Repeat(character, 200)), Load(Table(200), "k", 0.5).ClassNames);
        var finding = Assert.Throws<InvalidInputException>(() => Load(Table(201), "k", 0.5)).Message;
        Assert.EndsWith("a label must be UTF-8 text of up to 200 characters.", finding, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_BadOptions_AreReportedTogether() => Check.Findings(
        [
            "HeldOut is 1; it must be above 0 and below 1.",
            "Normalization is 'MeanImage', but the data set 'csv:t' holds no images, so there is no mean image to subtract; use PerChannel.",
        ],
        () => CsvKind.Load("csv:t", Bytes.File("t", Good), new DatasetOptions { Label = "kind", HeldOut = 1, Normalization = Normalization.MeanImage }));

    [Fact]
    public void Load_MissingFileFolderOrGzip_SaysWhatWouldBeRight()
    {
        using var folder = new TemporaryFolder();
        var options = new DatasetOptions { Label = "kind" };
        Check.Finding($"The file {folder.At("t.csv")} does not exist; name a table with a header.", () => DatasetCatalog.Load($"csv:{folder.At("t.csv")}", options));
        Check.Finding($"{folder.Path} is a folder; csv:FILE needs a file.", () => DatasetCatalog.Load($"csv:{folder.Path}", options));
        Check.Finding("t is gzip data; unpack it with gunzip first.", () => CsvKind.Load("csv:t", Bytes.File("t", Bytes.Gzip([1])), options));
    }

    [Theory]
    [InlineData(4, 1)]
    [InlineData(10, 2)]
    [InlineData(1, 0)]
    [InlineData(2, 0)]
    [InlineData(3, 1)]
    public void HeldOutRows_OfOneClass_AreTheRoundedShare(int rows, int held) =>
        Assert.Equal(held, HeldOutRows.Draw(new ushort[rows], 1, 0.2, 5).Count(isHeld => isHeld));

    private static Dataset Load(byte[] bytes) => CsvKind.Load("csv:t", Bytes.File("t", bytes), new DatasetOptions { Label = "kind" });

    private static Dataset Load(string text, string? label, double heldOut = 0.2, long seed = 0) =>
        CsvKind.Load("csv:t", Bytes.File("t", text), new DatasetOptions { Label = label, HeldOut = heldOut, Seed = seed });
}
