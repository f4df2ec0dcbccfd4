namespace Samples.ToyExample;

/// <summary>
/// Weight decay converges, normalization converges, both together do not: the toy example of Li and Arora 2019, "An Exponential Learning Rate Schedule for Deep
/// Learning", arXiv 1910.07454, section 3.
/// </summary>
public static class Program
{
    public static int Main(string[] args) => Run(args, Console.Out, Console.Error);

    /// <returns>0 where the claim holds for every seed, 1 where it does not, 2 for a command line that is none.</returns>
    public static int Run(IReadOnlyList<string> arguments, TextWriter output, TextWriter error)
    {
        if (Options.Parse(arguments) is not { } options)
        {
            error.WriteLine(Options.Usage);
            return 2;
        }

        var trials = new Trial[options.Seeds];
        Parallel.For(0, trials.Length, seed => trials[seed] = Trial.Run(seed, options.Settings));
        Report.Write(output, trials);
        if (options.Svg is { } file)
        {
            File.WriteAllText(file, Picture.Svg(trials[0]));
        }

        return trials.All(Claim.Holds) ? 0 : 1;
    }
}
