namespace Rubato.Rewrites;

/// <summary>
/// Weight decay written as a growing learning rate, for weights whose length has no effect on the network's function, as before a
/// normalization. The update is SGD in PyTorch's convention, with the rate outside of the buffer:
/// <c>v_(t+1) = m_t v_t + G_t(w_t) + wd_t w_t</c>, <c>w_(t+1) = w_t - lr_t v_(t+1)</c>, from an empty buffer.
/// </summary>
/// <remarks>
/// <para>
/// All forms are one relation, <c>w~_t = P_t w_t</c> and <c>v~_t = (v_t - u_t w_t) / P_t</c>, with the rate <c>lr~_t = P_t P_(t+1)
/// lr_t</c>:
/// <list type="bullet">
/// <item><description><see cref="ToExponential"/> (TEXP++): u begins at 0, as the buffer is empty, and follows its recursion. Any
/// schedule.</description></item>
/// <item><description><see cref="Texp"/>: u is the recursion's fixed point in each phase of constant values, so that the rate is
/// exponential there; a <see cref="BufferCorrection"/> leads from one to the next.</description></item>
/// <item><description><see cref="TexpMinusMinus"/>: the same without the drops of the rate between the phases.</description></item>
/// <item><description><see cref="SteadyGrowth"/>: one phase, in closed form.</description></item>
/// <item><description><see cref="ExponentialUpdate.ToWeightDecay"/>: the way back.</description></item>
/// </list>
/// </para>
/// <para>Li and Arora 2019, "An Exponential Learning Rate Schedule for Deep Learning", arXiv 1910.07454. For Nesterov momentum, and for a
/// rate inside of the buffer, there is no such rate with the same momentum.</para>
/// </remarks>
public static class ExponentialRewrites
{
    /// <summary>
    /// TEXP++: any schedule of rate, momentum, weight decay and batch size, exactly, from an empty buffer in both runs. With <c>u_0 = 0</c>
    /// and <c>P_0 = 1</c>, for t = 0, 1, ...:
    /// <list type="bullet">
    /// <item><description><c>d_t = wd_t + m_t u_t</c>, <c>a_(t+1) = 1 - lr_t d_t</c>;</description></item>
    /// <item><description><c>u_(t+1) = d_t / a_(t+1)</c>, <c>P_(t+1) = P_t / a_(t+1)</c>;</description></item>
    /// <item><description><c>lr~_t = P_t P_(t+1) lr_t</c>, with the same momentum m_t and no weight decay.</description></item>
    /// </list>
    /// </summary>
    /// <param name="plan">The plan with weight decay.</param>
    /// <param name="group">The parameter group's name, with its own schedules; null for the parameters of no group.</param>
    /// <returns>The plan without weight decay.</returns>
    /// <exception cref="InvalidInputException">
    /// Some a is not above 0, or there are more updates than can be kept; one sentence with the first such update.
    /// </exception>
    /// <exception cref="ArgumentException">There is no such group.</exception>
    /// <remarks>
    /// <para>
    /// Proof, by induction over <c>w~_t = P_t w_t</c> and <c>P_t v~_t = v_t - u_t w_t</c>, which hold at t = 0. The gradient of a
    /// scale-invariant function is <c>G(P w) = G(w) / P</c>. So <c>P_t v~_(t+1) = m_t (v_t - u_t w_t) + G_t(w_t) = v_(t+1) - d_t w_t</c>,
    /// and with <c>w_t = w_(t+1) + lr_t v_(t+1)</c> the coefficients of <c>v_(t+1)</c> and <c>w_(t+1)</c> in it are <c>a_(t+1)</c> and
    /// <c>-d_t</c>, that is <c>P_(t+1) v~_(t+1) = v_(t+1) - u_(t+1) w_(t+1)</c>. Then <c>lr~_t v~_(t+1) = P_t lr_t (v_(t+1) - u_(t+1)
    /// w_(t+1))</c>, hence <c>w~_(t+1) = P_t (w_t - lr_t v_(t+1) + lr_t u_(t+1) w_(t+1)) = P_t (1 + lr_t u_(t+1)) w_(t+1)</c>, and
    /// <c>1 + lr_t u_(t+1) = (a_(t+1) + lr_t d_t) / a_(t+1) = 1 / a_(t+1)</c>.
    /// </para>
    /// <para>
    /// Where lr_(t-1) is not 0, <c>u_t = (1 / a_t - 1) / lr_(t-1)</c>, and without u this is Theorem 2.13,
    /// <c>a_(t+1) = 1 - lr_t wd_t + lr_t / lr_(t-1) m_t (1 - 1 / a_t)</c>, here with a momentum that may change: it is that of update t.
    /// The form with u divides by no rate, so a rate of 0 is allowed anywhere: at the start of a warm-up, at the end of a cosine, and
    /// between. There P stays, weight decay goes on filling the buffer, and ln lr~ is negative infinity.
    /// </para>
    /// </remarks>
    public static ExponentialPlan ToExponential(this TrainingPlan plan, string? group = null)
    {
        RequireGroup(plan, group);
        return new ExponentialPlan(plan, group, GrowthTable.OfRecursion(plan, group));
    }

    /// <summary>
    /// TEXP: a plan of phases, in each of which rate, momentum and weight decay are constant, as with step decay. With a_I of
    /// <see cref="SteadyGrowth.Alpha"/> in phase I, which begins at update T_I:
    /// <list type="bullet">
    /// <item><description><c>lr~_0 = lr_0 / a_0</c>;</description></item>
    /// <item><description><c>lr~_t = lr~_(t-1) / a_I^2</c> within phase I;</description></item>
    /// <item><description><c>lr~_t = lr~_(t-1) (lr_I / lr_(I-1)) / (a_I a_(I-1))</c> at t = T_I.</description></item>
    /// </list>
    /// </summary>
    /// <param name="plan">The plan with weight decay; it may have up to 1000 phases.</param>
    /// <param name="group">The parameter group's name; null for the parameters of no group.</param>
    /// <returns>
    /// The plan without weight decay; it trains the same function only with its <see cref="ExponentialPlan.Corrections"/>, of which the
    /// first is the buffer to begin with.
    /// </returns>
    /// <exception cref="InvalidInputException">
    /// The rate times the weight decay is above <see cref="SteadyGrowth.Limit"/> in a phase, or there are too many phases or updates; one
    /// sentence with the first such update.
    /// </exception>
    /// <exception cref="ArgumentException">There is no such group.</exception>
    /// <remarks>Theorem 2.12 with Definition 2.11; one phase is Theorem 2.9, and without momentum Theorem 2.1.</remarks>
    public static ExponentialPlan Texp(this TrainingPlan plan, string? group = null)
    {
        RequireGroup(plan, group);
        return new ExponentialPlan(plan, group, GrowthTable.OfPhases(plan, group));
    }

    /// <summary>
    /// TEXP--: as <see cref="Texp"/> without the drops of the rate, so that only its growth changes from phase to phase:
    /// <c>lr~_t = lr~_(t-1) / (a_I a_(I-1))</c> at t = T_I. That is a constant rate lr_0 with the weight decay <c>wd_I lr_I / lr_0</c>.
    /// </summary>
    /// <param name="plan">The plan with weight decay, of phases as for <see cref="Texp"/>; its first rate is above 0.</param>
    /// <param name="group">The parameter group's name; null for the parameters of no group.</param>
    /// <returns>
    /// The plan without weight decay. It does not train the function of the given plan, but that of its
    /// <see cref="ExponentialPlan.Source"/>: the plan of constant rate and smaller weight decay.
    /// </returns>
    /// <exception cref="InvalidInputException">As for <see cref="Texp"/>, or the first rate is 0; one sentence.</exception>
    /// <exception cref="ArgumentException">There is no such group.</exception>
    /// <remarks>
    /// It shows what the drops of the rate are for: without them it takes hundreds of epochs to come to the same balance.
    /// </remarks>
    public static ExponentialPlan TexpMinusMinus(this TrainingPlan plan, string? group = null)
    {
        RequireGroup(plan, group);
        return Texp(WithoutDrops(plan, group), group);
    }

    // The other groups keep what they had.
    private static TrainingPlan WithoutDrops(TrainingPlan plan, string? group)
    {
        var settings = plan.Settings;
        var own = group is null ? null : settings.Groups[plan.IndexOf(group)];
        var (rate, decay) = (own?.LearningRate ?? settings.LearningRate, own?.WeightDecay ?? settings.WeightDecay);
        var (held, reduced) = PlanWithoutDrops.Of(plan, group, rate, decay);
        if (own is not null)
        {
            var changed = own with { LearningRate = held, WeightDecay = reduced };
            return new TrainingPlan(settings with { Groups = settings.Groups.Replace(own, changed) });
        }

        return new TrainingPlan(settings with
        {
            LearningRate = held,
            WeightDecay = reduced,
            Groups = [.. settings.Groups.Select(other => other with
            {
                LearningRate = other.LearningRate ?? rate,
                WeightDecay = other.WeightDecay ?? decay,
            })],
        });
    }

    private static void RequireGroup(TrainingPlan plan, string? group)
    {
        ArgumentNullException.ThrowIfNull(plan);
        if (group is not null)
        {
            _ = plan.IndexOf(group);
        }
    }
}
