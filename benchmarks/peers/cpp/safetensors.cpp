#include "safetensors.h"

#include <cstdint>
#include <cstring>
#include <regex>
#include <sstream>

#include "data.h"

namespace {

std::vector<int64_t> integers(const std::string& text) {
    std::vector<int64_t> answer;
    std::stringstream stream(text);
    for (std::string item; std::getline(stream, item, ',');) answer.push_back(std::stoll(item));
    return answer;
}

std::string field(const std::string& entry, const std::string& pattern) {
    std::smatch match;
    if (!std::regex_search(entry, match, std::regex(pattern))) throw std::runtime_error("safetensors: no " + pattern + " in " + entry);
    return match[1];
}

}  // namespace

std::map<std::string, torch::Tensor> read_safetensors(const std::string& path) {
    const std::string content = read_file(path);
    uint64_t length = 0;
    std::memcpy(&length, content.data(), 8);
    const std::string header = content.substr(8, length);
    std::map<std::string, torch::Tensor> answer;
    const std::regex entry("\"([^\"]+)\":\\{([^}]*)\\}");
    for (std::sregex_iterator it(header.begin(), header.end(), entry), end; it != end; ++it) {
        const std::string name = (*it)[1], body = (*it)[2];
        if (name == "__metadata__") continue;
        const bool real = field(body, "\"dtype\":\"([^\"]+)\"") == "F32";
        const auto shape = integers(field(body, "\"shape\":\\[([^\\]]*)\\]"));
        const auto offsets = integers(field(body, "\"data_offsets\":\\[([^\\]]*)\\]"));
        auto tensor = torch::empty(shape, real ? torch::kFloat32 : torch::kInt64);
        std::memcpy(tensor.data_ptr(), content.data() + 8 + length + offsets[0], offsets[1] - offsets[0]);
        answer[name] = tensor;
    }
    return answer;
}
