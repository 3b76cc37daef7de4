"""What is known of the language of statements: shapes of wording, each a pattern over a whole clause."""

import re

from index.provinces import all_names

_PROVINCES = "|".join(sorted(all_names(), key=len, reverse=True))
_LOCAL = (
    rf"(?:[Tt]ỉnh|[Tt]hành phố|[Đđ]ịa phương|[Ss]ở|UBND|[Hh]uyện|[Xx]ã|[Cc]hính quyền|[Ll]ãnh đạo|[Cc]ác (?:tỉnh"
    rf"|địa phương|[Ss]ở|đồng chí|bệnh viện|trường)|[Tt]ỉnh ủy|{_PROVINCES}|đơn vị|cơ quan|người dân|chúng ta)"
)
_OUGHT = (
    r"(?:chỉ cần|cần phải|cần|nên|hãy|phải|có thể|cứ|đừng|không nên|cũng nên|cũng cần|tập trung|ưu tiên|đẩy mạnh"
    r"|tăng cường|chủ động|khẩn trương|sớm|tiếp tục|quan tâm|chú trọng|xem xét|nghiên cứu|tham khảo|bố trí"
    r"|ban hành|tham mưu)"
)
_ASK = (
    r"(?i:đề nghị|yêu cầu|khuyến nghị|khuyến cáo|gợi ý|lưu ý|đề xuất|nhắc|mong muốn|mong|giao|chỉ đạo|kiến nghị"
    r"|căn dặn|phân công)"
)
_OWN = (
    r"(?:Cục|Vụ|Viện|Học viện|Quỹ|Văn phòng Bộ|Thanh tra Bộ|Trung tâm|Tổng cục|Tổng công ty Bưu điện"
    r"|các đơn vị (?:thuộc|của|trong) Bộ|các (?:C|c)ục|Phòng|Trường Đào tạo)"
)
_TOP = (
    r"(?:Bộ(?! trưởng)|Chính phủ|Thủ tướng|Trung ương|các bộ|Quốc hội|các cơ quan Trung ương|[Cc]ục|[Vv]ụ"
    r"|Đoàn công tác)"
)
_US = (
    r"(?:Bộ(?: TT&TT| Thông tin và Truyền thông)?|[Cc]ục(?: [^,;.]{1,40})?|[Vv]ụ(?: [^,;.]{1,40})?"
    r"|Học viện[^,;.]{0,40}|Trung tâm[^,;.]{0,40}|chúng tôi|tôi|các đơn vị của Bộ|[Pp]hía (?:Bộ|Cục|Vụ)"
    r"|lãnh đạo Bộ)"
)
_VERB = (
    r"(?:lập|rà soát|xây dựng|bố trí|giao|ban hành|chọn|làm|mở|đưa|tổ chức|chủ trì|phối hợp|nộp|gửi|báo cáo|cập nhật"
    r"|thống kê|hoàn thành|kết nối|triển khai|thuê|dùng|công bố|công khai|cử|dành|đặt|ghi|kiểm tra|chuyển|lấy"
    r"|thực hiện|chuẩn bị|tập huấn|phân công|phát động|huy động|học|theo dõi|đăng ký|duy trì|số hóa|tham mưu|trình"
    r"|ký|đánh giá|sử dụng|khai thác|đào tạo|hướng dẫn|tính toán|sắp xếp|quy hoạch|bảo đảm|gom|nối|phủ|tận dụng|xem"
    r"|nhìn|hỏi|coi|bắt đầu|thử)"
)
_SHAPES = {
    "asks local": re.compile(rf"(?<!\w){_ASK}(?: với| các| cho)?\s(?:lãnh đạo |đồng chí |UBND |các )*{_LOCAL}"),
    "local ought": re.compile(
        rf"(?<!\w){_LOCAL}(?:(?! đã| đang| sẽ| có)[^,;:.]){{0,60}}\s(?:cũng |rất |vẫn |còn |đều )?(?:{_OUGHT})(?!\w)"
    ),
    "opens ought": re.compile(
        rf"^(?:[-+•*\d.)a-zđ ]{{0,4}}\s?)?(?:(?:Do đó|Vì vậy|Vì thế|Do vậy|Đồng thời|Bên cạnh đó|Ngoài ra"
        rf"|Trước mắt|Tiếp theo|Cùng với đó|Song song|Trong đó|Theo đó|[Tt]uy nhiên|[Ss]ong|vì vậy|do đó"
        rf"|bởi vậy)?,?\s*)?(?:cũng )?{_OUGHT}(?!\w)",
        re.IGNORECASE,
    ),
    "asks own unit": re.compile(rf"(?<!\w){_ASK}(?: các| ngay| cho)?\s{_OWN}"),
    "own unit acts": re.compile(
        rf"^(?:[-+•*\d.)a-zđ ]{{0,4}}\s?)?{_OWN}[^,;:.]{{0,60}}\s(?:chủ trì|phối hợp|tham mưu|cử|tổng hợp|báo cáo"
        rf"|hướng dẫn|theo dõi|làm đầu mối|rà soát|khẩn trương|có trách nhiệm|cần|phải|nghiên cứu)(?!\w)"
    ),
    "asks top": re.compile(
        rf"(?<!\w)(?i:đề nghị|kiến nghị|mong muốn|mong|xin|đề xuất|tha thiết|cho phép)[^,;:.]{{0,25}}\s(?:{_TOP}"
        rf"|[Bb]ộ trưởng|được|sự hỗ trợ|cơ chế)"
    ),
    "we will": re.compile(rf"(?<!\w){_US}\s(?:cũng |luôn |đã |xin )?(?:sẽ|sẵn sàng|cam kết|hứa|nhận|hỗ trợ)(?!\w)"),
    "will support": re.compile(
        r"(?<!\w)(?:sẽ|sẵn sàng|cam kết)[^,;:.]{0,30}\s(?:hỗ trợ|giúp|đồng hành|phối hợp|cử|cung cấp|chia sẻ"
        r"|tạo điều kiện|tặng|miễn phí)"
    ),
    "province will": re.compile(
        rf"(?<!\w)(?:[Tt]ỉnh|[Tt]hành phố|UBND tỉnh|{_PROVINCES})\s(?:sẽ|cam kết|hứa|xin hứa|quyết tâm)(?!\w)"
    ),
    "company will": re.compile(r"(?<!\w)(?:sẽ|cam kết|hứa)(?!\w)"),
    "company offers": re.compile(
        r"(?<!\w)(?:đề xuất|sẵn sàng|mong muốn|mong|ngỏ|đề nghị|xin|kiến nghị|giới thiệu|chào|muốn|có thể)(?!\w)"
    ),
    "figures": re.compile(
        r"\d[\d.,]*\s?(?:%|tỷ|triệu|nghìn|xã|thôn|huyện|trạm|doanh nghiệp|dịch vụ|hồ sơ|lượt|người|sản phẩm|hộ"
        r"|cán bộ|điểm)"
    ),
    "done": re.compile(
        r"(?<!\w)(?:đã|hiện|hiện nay|đang|đạt|chiếm|mới chỉ|vẫn còn|chưa có|chưa|tính đến|năm 20\d\d)(?!\w)"
    ),
    "praise": re.compile(
        r"(?<!\w)(?:đánh giá cao|cảm ơn|hoan nghênh|chúc mừng|biểu dương|ấn tượng|tin tưởng|ghi nhận|vui mừng"
        r"|trân trọng|tâm đắc|kỳ vọng|hy vọng|tin rằng|đồng tình|thống nhất cao)(?!\w)"
    ),
    "maxim": re.compile(
        r"^(?:Muốn|Không có|Nếu không|Không phải|Công nghệ|Dữ liệu|Chuyển đổi số)\b|(?<!\w)(?:chính là"
        r"|là chìa khóa|là con đường|là điều kiện|không chỉ|mới là|thì mới|quyết định|nghĩa là|tức là"
        r"|có nghĩa)(?!\w)"
    ),
    "aim": re.compile(
        r"(?<!\w)(?:mục tiêu|trọng tâm|nhiệm vụ|việc cần làm|ưu tiên|việc tiếp theo|giải pháp"
        r"|định hướng)[^,;:.]{0,60}\s(?:là|gồm|phải|:)"
    ),
    "meets": re.compile(
        r"buổi làm việc|hội nghị|tham dự|cùng dự|ký kết|diễn ra|đến thăm|chủ trì|trao tặng|khai trương|chụp ảnh"
        r"|phát biểu tại|kết thúc|có mặt",
        re.IGNORECASE,
    ),
    "law": re.compile(r"(?i:theo quy định|nghị định|thông tư|luật |quyết định số|chỉ thị số)"),
    "therefore nên": re.compile(
        r"(?:,|\w)\s(?:cho )?nên\s(?!cần|phải|có|làm|chọn|xây|tập|đẩy|triển|ưu|sớm|chủ|tham|xem|nghiên|thuê|bố"
        r"|tăng|cân|đặt|có)"
    ),
    "not must": re.compile(r"không phải|không cần|không bắt buộc|không nhất thiết"),
    "promise word": re.compile(r"(?<!\w)(?:cam kết|hứa|xin hứa|bảo đảm sẽ|sẽ hỗ trợ|sẽ giúp|sẵn sàng)(?!\w)"),
    "will": re.compile(r"(?<!\w)sẽ(?!\w)"),
    "has done": re.compile(r"(?<!\w)(?:đã|vừa|từng)\s(?!có thể|đến lúc)"),
    "not yet": re.compile(r"(?<!\w)(?:chưa|còn thiếu|hạn chế|khó khăn|vướng mắc|yếu|thấp|chậm)(?!\w)"),
    "is what": re.compile(r"(?<!\w)(?:là|chính là|nằm ở|không phải là)\s"),
    "necessity": re.compile(
        r"(?<!\w)(?:cần|cần phải|phải|nên|hãy|đừng|chớ|không được|không nên|tránh|chỉ cần)\s(?!biết|thiết|có thể"
        r"|chăng|khi|lúc)"
    ),
    "imperative": re.compile(
        r"^(?:[-+•*\d.)a-zđ(“\" ]{0,6})?(?:Hãy|Đừng|Chọn|Xây dựng|Rà soát|Hoàn thành|Triển khai|Ưu tiên|Tập trung"
        r"|Bố trí|Ban hành|Tổ chức|Phối hợp|Chỉ đạo|Đẩy mạnh|Tăng cường|Chủ động|Nghiên cứu|Cập nhật|Kết nối|Đưa"
        r"|Lập|Nâng|Mở|Giao|Dành|Thực hiện|Phát triển|Bảo đảm|Đảm bảo|Chuyển|Lấy|Làm|Thuê|Tạo|Đào tạo|Hỗ trợ"
        r"|Quan tâm|Sớm|Khẩn trương|Tiếp tục|Tham mưu|Kiện toàn|Đặt hàng|Khai thác|Thành lập|Công khai|Thí điểm"
        r"|Không để|Không)\s",
        re.IGNORECASE,
    ),
    "we our": re.compile(r"(?<!\w)(?:chúng tôi|chúng ta|mình|tôi|em)(?!\w)", re.IGNORECASE),
    "asked": re.compile(
        r"^(?:\W*)(?:đề nghị|đề xuất|kiến nghị|mong|mong muốn|xin|yêu cầu|giao|khuyến nghị|gợi ý|lưu ý|nhắc|hỏi"
        r"|chỉ đạo|kêu gọi|khuyến khích|khuyên)",
        re.IGNORECASE,
    ),
    "will ask above": re.compile(
        r"(?<!\w)(?:sẽ|đã|đang|xin|để)(?: \w+){0,2} (?:kiến nghị|đề xuất|báo cáo|trình|đẩy|chuyển"
        r"|có ý kiến)[^,;.]{0,25}?"
        r"\s(?:Bộ|Chính phủ|Thủ tướng|Quốc hội|Trung ương|các bộ|cấp trên)(?! trưởng)(?!\w)"
    ),
    "thanks": re.compile(
        r"^(?:\W*)(?:cảm ơn|hoan nghênh|đánh giá|ghi nhận|tin|chúc|xin cảm ơn|trân trọng)", re.IGNORECASE
    ),
    "price and place": re.compile(
        r"(?i:tầng|trạm|km|tỷ lệ|chiếm|đạt|xếp thứ|đứng thứ|tăng|giảm|tính đến|toàn tỉnh|cả nước) "
    ),
    "ends in a question": re.compile(r"\?\W*$"),
    "raised only": re.compile(
        r"(?:nêu|đưa ra|đặt|giải đáp|trao đổi|thảo luận)[^.]{0,40}\s(?:những|một số|nhiều|các"
        r"|tất cả)[^.]{0,40}(?:định hướng|vướng mắc|khó khăn|đề xuất|kiến nghị|câu hỏi|thắc mắc|ý kiến)"
    ),
    "deadline": re.compile(
        r"(?<!\w)(?:trước|chậm nhất|xong|hạn|từ nay (?:đến|tới)|đến hết|trong|ngay)\s(?:\w+ ){0,3}(?:ngày \d|tháng \d"
        r"|tháng này|tháng tới|quý|năm nay|năm tới|năm sau|tuần|\d+ (?:ngày|tháng|tuần))",
        re.IGNORECASE,
    ),
    "each": re.compile(
        r"(?<!\w)(?:mỗi|từng|hằng|hàng) (?:xã|thôn|huyện|sở|ngành|tỉnh|cơ quan|đơn vị|tuần|tháng|quý|năm|ngày|người"
        r"|hộ|trường|phường|địa phương|cán bộ|bản|tổ)",
        re.IGNORECASE,
    ),
    "counted": re.compile(
        r"^\W*(?:(?:một|hai|ba|bốn|năm|sáu|bảy|tám) là|thứ (?:nhất|hai|ba|tư|năm|sáu)|đầu tiên|trước hết|cuối cùng"
        r"|việc (?:đầu tiên|thứ|trước|tiếp)|điều (?:thứ|đầu)|điểm (?:thứ|đầu))",
        re.IGNORECASE,
    ),
    "way": re.compile(
        r"(?<!\w)(?:hướng đi|cách làm|cách tốt|con đường|phương án|lời khuyên|bước|bài học|chìa khóa"
        r"|việc (?:của|cần|thứ|đầu|phải)|mấu chốt|cốt lõi|bài toán|điều (?:quan trọng|cần))[^,;:.]{0,60}\s?(?:là|:)",
        re.IGNORECASE,
    ),
    "local acts": re.compile(rf"^\W*(?:[Cc]ác |[Mm]ỗi )?{_LOCAL}(?:\s[^\s,;:.]+){{0,5}}?\s{_VERB}(?!\w)"),
    "unit acts": re.compile(
        rf"(?:^|[,;:]\s|“){_OWN}[^,;:.]{{0,60}}\s(?:{_VERB}|làm việc|rà lại|nhận|phải|cần|không được|có trách nhiệm"
        rf"|khảo sát|tổng hợp|hỗ trợ)(?!\w)"
    ),
    "local can": re.compile(rf"(?<!\w){_LOCAL}[^,;:.]{{0,30}}\s(?:có thể|hoàn toàn có thể|đủ sức|nên|thử)(?!\w)"),
    "opens with a verb": re.compile(rf"^\W*{_VERB}\s", re.IGNORECASE),
    "verb": re.compile(rf"(?:^|[,;]\s|rồi |và |thì |là ){_VERB}\s"),
    "then do": re.compile(
        rf"(?<!\w)(?:thì|rồi|mà|nên)\s(?:{_VERB}|tắt|dừng|bỏ|tạm gác|gác|tự|đừng|hãy|phải|cần)(?!\w)", re.IGNORECASE
    ),
    "condition": re.compile(r"(?<!\w)(?:nếu|khi|muốn|có|còn)\s[^;:.]{3,80}\s(?:thì|mới|sẽ)(?!\w)", re.IGNORECASE),
    "past": re.compile(
        r"(?<!\w)(?:năm (?:ngoái|trước)|\d+ năm (?:qua|nay|trước)|những năm qua|thời gian qua|vừa qua|trước đây"
        r"|từ năm 20\d\d|lần trước|hôm nay|đầu năm|cuối năm 20\d\d)(?!\w)",
        re.IGNORECASE,
    ),
    "rather": re.compile(
        r"(?<!\w)(?:hơn là|thay vì|đừng|thôi|chớ|không (?:cần|nên|để|chờ|làm|xây|mua|tự)|chỉ (?:cần|nên)|tốt hơn"
        r"|hợp lý hơn|tốt nhất)(?!\w)",
        re.IGNORECASE,
    ),
    "why": re.compile(
        r"(?<!\w)(?:bởi|vì|lý do|nguyên nhân|nghĩa là|tức là|có nghĩa|thực chất|bản chất|câu chuyện|cho nên|điều đó"
        r"|như vậy|đó là|đấy là|chính là)(?!\w)",
        re.IGNORECASE,
    ),
    "we have": re.compile(rf"(?<!\w)(?:{_US}|tỉnh|thành phố|sở)\s(?:đã|vừa|đang|hiện|mới|có|chưa)(?!\w)"),
    "to reach": re.compile(
        r"(?<!\w)(?:phấn đấu|đến năm 20\d\d|chỉ tiêu|đạt (?:\d|ít nhất)|ít nhất|tối thiểu|tối đa|không quá"
        r"|100 ?%)(?!\w)",
        re.IGNORECASE,
    ),
    "general truth": re.compile(
        r"(?<!\w)(?:chỗ nào|nơi nào|ai cũng|bao giờ|chỉ có (?:giá trị|ý nghĩa)|thì chỉ|chẳng khác|giống như"
        r"|như vậy thôi|sinh ra|không phải cứ|bền bỉ|luôn|mãi|càng|kéo theo|mất lòng tin|niềm tin|câu chuyện|cơ hội"
        r"|lợi thế|bản chất|sức mạnh|con đường|khát vọng|tầm nhìn|đáng|tốt|hay|khó|dễ|thực sự|rất)(?!\w)",
        re.IGNORECASE,
    ),
    "tells of": re.compile(
        r"(?<!\w)(?:kể|nhớ lại|được biết|xem số liệu|kinh nghiệm cho thấy|thực tế|qua kiểm tra|phần lớn|hầu hết"
        r"|tuần trước|hôm qua|năm ngoái|mới có|đã có|lấy xong|là một trong|có ba|có hai"
        r"|thuộc (?:loại|số|nhóm|thẩm quyền))(?!\w)",
        re.IGNORECASE,
    ),
    "grants": re.compile(
        r"(?<!\w)(?:đồng ý|nhận lời|nhận việc|nhất trí|chấp thuận|ủng hộ|sẽ được|xin nhận|nhận (?:một|hai|ba) việc"
        r"|bố trí người|hứa|khẳng định)(?!\w)",
        re.IGNORECASE,
    ),
    "wish": re.compile(
        r"(?<!\w)(?:mong (?:được|Bộ|Cục|Vụ|các|Trung ương|Thứ trưởng)|nguyện vọng|cho phép|kính đề nghị"
        r"|xin (?:thêm|được|Bộ|Cục|phép|ý kiến)|sớm (?:có|ban hành|hướng dẫn|cho))",
        re.IGNORECASE,
    ),
    "is whose": re.compile(
        r"(?<!\w)việc (?:của|này của)\s|(?<!\w)(?:đích đến|đến lúc|cái cần|chỗ cần|tới đây|thời gian tới|trước mắt"
        r"|sắp tới|là đủ|mạnh dạn|cân nhắc)(?!\w)",
        re.IGNORECASE,
    ),
}


def shapes_of(said: str) -> list[str]:
    """The names of the shapes that a clause has."""
    return [name for name, pattern in _SHAPES.items() if pattern.search(said)]
