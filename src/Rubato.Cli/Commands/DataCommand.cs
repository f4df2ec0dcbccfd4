using System.Collections.Immutable;
using System.CommandLine;
using Rubato.Cli.Console;
using Rubato.Cli.Display;
using Rubato.Data.Download;

namespace Rubato.Cli.Commands;

/// <summary><c>rubato data get</c>: fetches a data set's files.</summary>
internal static class DataCommand
{
    /// <summary>The command.</summary>
    /// <param name="environment">What it meets.</param>
    /// <returns>The command with its one subcommand; alone it is the caller's to answer.</returns>
    internal static Command Create(CommandEnvironment environment)
    {
        var name = new Argument<string>("SET");
        var folder = new Argument<string>("DIR");
        var from = new Option<string>("--from") { Arity = ArgumentArity.ExactlyOne, HelpName = "https://example.org/mnist/" };
        var get = new Command("get") { name, folder, from };
        get.SetAction(parsed => Get(
            parsed.GetRequiredValue(name), parsed.GetRequiredValue(folder), Address(parsed.GetValue(from)), environment));
        return new Command("data") { get };
    }

    /// <summary>Fetches from the real addresses.</summary>
    internal static async Task<ImmutableArray<string>> FetchAsync(
        string name, string folder, Uri? from, IProgress<DownloadProgress> progress, CancellationToken cancellation)
    {
        using var client = new HttpClient();
        return await new DatasetDownload(client).GetAsync(name, folder, from, progress, cancellation);
    }

    private static Uri? Address(string? text) => text switch
    {
        null => null,
        _ when Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" => uri,
        _ => throw new InvalidInputException(
            $"--from is '{text}'; it must be the http or https address of a folder, for instance --from https://example.org/mnist/."),
    };

    private static int Get(string name, string folder, Uri? from, CommandEnvironment environment)
    {
        if (string.IsNullOrWhiteSpace(folder))
        {
            throw new InvalidInputException("DIR is empty; name the folder to put the files into, for instance data/mnist.");
        }

        var writer = environment.Output.Profile.Out.Writer;
        var token = environment.Interruption.Token;
        ImmutableArray<string> Fetch(IProgress<DownloadProgress> progress) =>
            environment.Fetch(name, folder, from, progress, token).GetAwaiter().GetResult();

        try
        {
            var paths = environment.IsTerminal
                ? LiveDownload.Show(environment.Output, Fetch)
                : Fetch(new PlainDownload(writer, environment.Time));
            foreach (var path in paths)
            {
                writer.WriteLine(path);
            }

            var data = ShellWord.Quoted($"{Kind(name)}:{folder}");
            writer.WriteLine($"complete; train on it with: {environment.Command} train --data {data}");
            return ExitCodes.Done;
        }
        catch (OperationCanceledException) when (token.IsCancellationRequested)
        {
            environment.Error.WriteLine($"interrupted; what has arrived stays in {folder}, and the same command goes on from there");
            return environment.Interruption.ExitCode;
        }
    }

    // Fashion-MNIST has MNIST's files.
    private static string Kind(string name) => name == "fashion-mnist" ? "mnist" : name;
}
