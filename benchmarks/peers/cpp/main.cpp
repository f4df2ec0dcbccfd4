// The training step of the benchmark written directly against libtorch. The protocol is in ../README.md.
#include <malloc.h>
#include <torch/torch.h>
#include <torch/version.h>

#include <chrono>
#include <cmath>
#include <cstdio>
#include <iostream>
#include <map>
#include <stdexcept>
#include <string>

#include "data.h"
#include "networks.h"
#include "safetensors.h"

namespace {

using Options = std::map<std::string, std::string>;

Options parse(int count, char** words) {
    Options options{{"warmup", "0"}, {"memory-format", "contiguous"}, {"malloc", "default"}, {"update", "loop"}};
    for (int i = 1; i < count; i++) {
        const std::string word = words[i];
        if (word.rfind("--", 0) != 0) throw std::runtime_error("unexpected " + word);
        if (word == "--parity") options["parity"] = "yes";
        else if (++i < count) options[word.substr(2)] = words[i];
        else throw std::runtime_error(word + " needs a value");
    }
    return options;
}

// Keeps freed blocks in the process: otherwise each step maps and unmaps its activations, a page fault for every 4 KiB.
void tune_malloc() {
    mallopt(M_MMAP_THRESHOLD, 1 << 30);
    mallopt(M_TRIM_THRESHOLD, 2147483647);
}

struct Sgd {
    Network& network;
    double momentum, decay;
    bool nesterov, foreach;
    std::vector<torch::Tensor> buffers;

    void step(double rate) {
        torch::NoGradGuard no_grad;
        const bool first = buffers.empty();
        auto& parameters = network.parameters;
        if (foreach) return step_foreach(rate, first);
        for (size_t i = 0; i < parameters.size(); i++) {
            auto& p = parameters[i];
            auto& g = p.mutable_grad();
            const double d = decay * network.decay_multipliers[i];
            if (d != 0) g.add_(p, d);
            if (first) buffers.push_back(g.clone());
            else buffers[i].mul_(momentum).add_(g);
            if (nesterov) p.add_(g.add_(buffers[i], momentum), -rate * network.rate_multipliers[i]);
            else p.add_(buffers[i], -rate * network.rate_multipliers[i]);
            g.reset();
        }
    }

    // For networks whose multipliers are all 1.
    void step_foreach(double rate, bool first) {
        auto& parameters = network.parameters;
        std::vector<torch::Tensor> gradients;
        for (auto& p : parameters) gradients.push_back(p.grad());
        at::_foreach_add_(gradients, parameters, decay);
        if (first) for (auto& g : gradients) buffers.push_back(g.clone());
        else {
            at::_foreach_mul_(buffers, momentum);
            at::_foreach_add_(buffers, gradients);
        }
        if (nesterov) at::_foreach_add_(gradients, buffers, momentum);
        at::_foreach_add_(parameters, nesterov ? gradients : buffers, -rate);
        for (auto& p : parameters) p.mutable_grad().reset();
    }
};

int run(const Options& options) {
    const auto name = options.at("network");
    const int64_t batch = std::stoll(options.at("batch")), warmup = std::stoll(options.at("warmup"));
    const int64_t last = warmup + std::stoll(options.at("steps"));
    const bool parity = options.count("parity") != 0, channels_last = options.at("memory-format") == "channels-last";
    const bool caffe = name == "cifar10-full", constant = parity || caffe;
    if (options.at("malloc") == "tuned") tune_malloc();
    at::set_num_threads(std::stoi(options.at("threads")));
    torch::manual_seed(1);

    const auto data = load_train(name, options.at("data"), channels_last);
    auto network = make_network(name, read_safetensors(options.at("weights")), channels_last);
    const auto optimizer = options.count("optimizer") ? options.at("optimizer") : caffe ? "sgd" : "nesterov";
    if (optimizer != "sgd" && optimizer != "nesterov") throw std::runtime_error("--optimizer is sgd or nesterov here");
    const double peak = options.count("lr") ? std::stod(options.at("lr")) : caffe ? 0.001 : name == "wrn-16-4" ? 0.1 : 0.05;
    const double decay = options.count("weight-decay") ? std::stod(options.at("weight-decay")) : caffe ? 0.004 : 5e-4;
    Sgd sgd{network, 0.9, decay, optimizer == "nesterov", options.at("update") == "foreach" && !caffe, {}};

    const int64_t count = data.labels.size(0);
    std::vector<double> losses;
    double running_loss = 0;
    int64_t samples = 0, start = count;
    torch::Tensor order;
    auto begin = std::chrono::steady_clock::now();
    for (int64_t step = 0; step < last; step++) {
        if (step == warmup) {
            samples = 0;
            begin = std::chrono::steady_clock::now();
        }
        if (start >= count) {
            start = 0;
            order = parity ? torch::arange(count) : torch::randperm(count);
        }
        const auto index = order.slice(0, start, std::min(start + batch, count));
        start += batch;
        const auto loss = torch::cross_entropy_loss(network.forward(data.gather(index)), data.labels.index_select(0, index));
        loss.backward();
        sgd.step(constant ? peak : peak * (1 + std::cos(M_PI * step / last)) / 2);
        const double value = loss.item<float>();
        running_loss += value;
        if (step < 20) losses.push_back(value);
        samples += index.size(0);
    }
    const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
    std::printf("{\"samples_per_second\": %.17g, \"losses\": [", samples / seconds);
    for (size_t i = 0; i < losses.size(); i++) std::printf("%s%.9g", i ? ", " : "", losses[i]);
    std::printf("], \"steps\": %ld, \"seconds\": %.6g, \"memory_format\": \"%s\", \"libtorch\": \"%s\", \"mean_loss\": %.6g}\n",
                static_cast<long>(last - warmup), seconds, channels_last ? "channels-last" : "contiguous", TORCH_VERSION,
                running_loss / last);
    return 0;
}

}  // namespace

int main(int count, char** words) {
    try {
        return run(parse(count, words));
    } catch (const std::exception& error) {
        std::cerr << "peer: " << error.what() << "\n";
        return 2;
    }
}
