namespace Rubato.Cli.Tests.Configuration;

public sealed class ColonNotesTests : IDisposable
{
    private const string Norm = "note: options are written 'norm batch'; 'norm: batch' is read in this version only.";
    private const string Rate = "note: options are written 'gamma 0.9'; 'gamma: 0.9' is read in this version only.";

    private readonly string _folder = Directory.CreateTempSubdirectory("rubato-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("exp(0.1, gamma 0.9, every 1ep)", "")]
    [InlineData("exp(0.1, gamma: 0.9, every 1ep)", Rate)]
    public void Plan_AnOptionWithAColon_IsReadWithANote(string plan, string note)
    {
        using var harness = new Harness();
        Assert.Equal(0, harness.Run("plan", plan, "--length", "3ep", "--data-size", "1000"));
        Assert.Equal(note, harness.Error.TrimEnd());
    }

    [Fact]
    public void Train_ColonsInFileAndFlags_EachNoteOnce()
    {
        using var harness = new Harness();
        var file = Path.Combine(_folder, "config.yaml");
        File.WriteAllText(file, "network: \"mlp(16, norm: batch)\"\nlr: \"exp(0.1, gamma: 0.9, every 1ep)\"\nname: \"a (b: c)\"\nepochs: 1\n");
        harness.Run("train", "--config", file, "--momentum", "exp(0.5, gamma: 0.9, every 1ep)");
        Assert.Equal([Rate, Norm], harness.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(line => line.StartsWith("note: ", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("")]
    [InlineData("network: [")]
    [InlineData("- a\n- b\n")]
    public void Train_FilesOfOtherForms_NoNote(string yaml)
    {
        using var harness = new Harness();
        var file = Path.Combine(_folder, "config.yaml");
        File.WriteAllText(file, yaml);
        harness.Run("train", "--config", file);
        Assert.DoesNotContain("note: ", harness.Error, StringComparison.Ordinal);
    }
}
