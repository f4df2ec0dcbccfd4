namespace Rubato.Cli.Tests.Commands;

public sealed class OutputFilesTests : IDisposable
{
    private readonly string _file = Path.GetTempFileName();

    [Theory]
    [InlineData("plan", "--csv")]
    [InlineData("plan", "--json")]
    [InlineData("find", "--svg")]
    [InlineData("verify", "--csv")]
    public void Check_ConfigurationThatWouldBeWrittenOver_OneSentenceAndTheFileStays(string command, string flag)
    {
        const string Text = "lr: 0.1\nlength: 10ba\nrewrite: exponential\nnetwork: \"mlp(8, norm batch)\"\n";
        File.WriteAllText(_file, Text);
        using var harness = new Harness();

        Assert.Equal(2, harness.Run(command, "--config", _file, flag, _file));
        Assert.Contains($"error: --config and {flag} name the same file, '{_file}'; name another one for each.{Environment.NewLine}", harness.Error, StringComparison.Ordinal);
        Assert.Equal(Text, File.ReadAllText(_file));
    }

    public void Dispose() => File.Delete(_file);
}
