namespace Rubato.Tests;

public sealed class InvalidInputExceptionTests
{
    [Fact]
    public void Message_SeveralFindings_OneALine()
    {
        var error = new InvalidInputException(["first.", "second."]);

        Assert.Equal("first.\nsecond.", error.Message);
        Assert.Equal([new Finding("first."), new Finding("second.")], error.Findings);
    }

    [Fact]
    public void Findings_ListChangesLater_Unchanged()
    {
        List<Finding> findings = ["first."];
        var error = new InvalidInputException(findings);

        findings.Add("second.");

        Assert.Equal(new Finding("first."), Assert.Single(error.Findings));
    }

    [Fact]
    public void Constructor_Cause_Kept()
    {
        var cause = new IOException("disk");

        Assert.Same(cause, new InvalidInputException("finding.", cause).InnerException);
    }

    [Fact]
    public void Constructor_NoFindings_Refused() => Assert.Throws<ArgumentException>(() => new InvalidInputException([]));
}
